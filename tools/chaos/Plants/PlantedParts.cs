using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.RabbitMqTransport.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using SagaOrchestrator.Engine.Deciding;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Postgres;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Groups;
using SagaOrchestrator.Messaging.Postgres.Outbox;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;
using SagaOrchestrator.Participants.Services;
using SagaOrchestrator.Participants.Services.Notifications;
using SagaOrchestrator.Plans.Running;
using SagaOrchestrator.Simulator.Plants;

namespace SagaOrchestrator.Chaos.Plants;

/// <summary>Bugs that are brought about by putting another part in the place of the product's.</summary>
internal static class PlantedParts
{
    /// <summary>In the orchestrator.</summary>
    public static void PutIntoOrchestrator(PlantedBug bug, IServiceCollection services)
    {
        PutIntoParticipant(bug, services);
        switch (bug)
        {
            case PlantedBug.UndoInOrderOfId:
                Decide(Plant.UndoInOrderOfId, services);
                break;
            case PlantedBug.TimerWithoutAttempt:
                Decide(Plant.TimerWithoutAttempt, services);
                break;
            case PlantedBug.StaleWriterAccepted:
                services.Replace(
                    ServiceDescriptor.Singleton(provider =>
                        GroupCommitter.Start(
                            provider.GetRequiredService<ServiceDatabase>(),
                            "orchestrator",
                            new StaleRows(new SagaGroupRows(OrchestratorNames.Default))
                        )
                    )
                );
                break;
            case PlantedBug.PublishBeforeCommit:
                services.Replace(
                    ServiceDescriptor.Singleton(provider => new ServiceOutbox(
                        Queues.Orchestrator,
                        new EagerCommitter(provider.GetRequiredService<GroupCommitter>(), provider.GetRequiredService<RabbitMqPublisher>()),
                        new PostgresOutboxStore(provider.GetRequiredService<NpgsqlDataSource>(), "orchestrator"),
                        provider.GetRequiredService<RabbitMqPublisher>(),
                        provider.GetRequiredService<ILoggerFactory>().CreateLogger<ServiceOutbox>()
                    ))
                );
                break;
        }
    }

    /// <summary>In a participant.</summary>
    public static void PutIntoParticipant(PlantedBug bug, IServiceCollection services)
    {
        switch (bug)
        {
            case PlantedBug.AckBeforeCommit:
                services.Handling(
                    (endpoint, handlers) =>
                    {
                        ((RabbitMqReceiveSettings)((RabbitMqReceiveEndpointConfiguration)endpoint).Settings).NoAck = true;
                        handlers(endpoint);
                    }
                );
                break;
            case PlantedBug.DeadLetterWithoutReason:
                services.Handling(
                    (endpoint, handlers) =>
                    {
                        ((IReceivePipelineConfigurator)endpoint).ConfigureReceive(pipe => pipe.UseFilter(new WithoutReason()));
                        handlers(endpoint);
                    }
                );
                break;
        }
    }

    /// <summary>In a participant's steps.</summary>
    public static ParticipantService PutIntoSteps(PlantedBug bug, ParticipantService service) =>
        bug == PlantedBug.RetryInTransaction && service.Name == OrderQueues.Notifications
            ? service with
            {
                Configure = (notifications, _) =>
                    notifications.AddStep(_ => new RetriedInTransaction(
                        new SendConfirmationStep(new PostgresNotifications(OrderQueues.Notifications))
                    )),
            }
            : service;

    /// <summary>Changes how the service's endpoint is configured.</summary>
    public static void Handling(
        this IServiceCollection services,
        Action<IReceiveEndpointConfigurator, Action<IReceiveEndpointConfigurator>> configure
    )
    {
        var original = services.Single(service => service.ServiceType == typeof(ServiceEndpoint)).ImplementationFactory!;
        services.Replace(
            ServiceDescriptor.Singleton(provider =>
            {
                var endpoint = (ServiceEndpoint)original(provider);
                return endpoint with { Handlers = configurator => configure(configurator, endpoint.Handlers) };
            })
        );
    }

    private static void Decide(Plant plant, IServiceCollection services) =>
        services.Replace(
            ServiceDescriptor.Singleton<Decider>(
                (plan, progress, input, around) => PlantedDecider.Decide(plant, plan, progress, input, around)
            )
        );
}
