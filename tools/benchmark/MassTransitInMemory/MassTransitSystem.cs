using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Benchmarks.MassTransitInMemory;

/// <summary>
/// MassTransit with its in-memory saga repository: no database, no outbox, nothing survives. Participants answer at once.
/// </summary>
internal static class MassTransitSystem
{
    private const int OrchestratorPrefetch = 500;
    private const int OrchestratorLimit = 256;
    private const int ParticipantPrefetch = 128;

    public static Task<Served> Orchestrator() =>
        Start(
            bus => bus.AddSagaStateMachine<OrderStateMachine, OrderSaga>().InMemoryRepository(),
            (context, rabbit) =>
                rabbit.ReceiveEndpoint(
                    Roles.Orchestrator,
                    endpoint =>
                    {
                        Tune(endpoint, OrchestratorPrefetch, OrchestratorLimit);
                        endpoint.ConfigureSaga<OrderSaga>(context);
                    }
                )
        );

    public static async Task<Served> Participants()
    {
        var services = new List<Served>();
        foreach (var step in Steps.All)
        {
            services.Add(
                await Start(
                    _ => { },
                    (_, rabbit) =>
                        rabbit.ReceiveEndpoint(
                            step.Participant,
                            endpoint =>
                            {
                                Tune(endpoint, ParticipantPrefetch, ParticipantPrefetch);
                                endpoint.Handler<DoStep>(Answer);
                                endpoint.Handler<UndoStep>(context =>
                                    Reply(context, new StepUndone(context.Message.SagaId, context.Message.Step))
                                );
                            }
                        )
                )
            );
        }

        return Served.All(services);
    }

    private static Task Answer(ConsumeContext<DoStep> context)
    {
        var (saga, content) = (context.Message.SagaId, context.Message.Content);
        return Carrier.Rejects(content)
            ? Reply(context, new StepRejected(saga, content.Step, Carrier.Code, Carrier.Reason))
            : Reply(context, new StepDone(saga, content.Step, content.Answer()));
    }

    private static async Task Reply<T>(ConsumeContext context, T reply)
        where T : class
    {
        var endpoint = await context.GetSendEndpoint(new Uri("exchange:" + Roles.Orchestrator));
        await endpoint.Send(reply);
    }

    private static void Tune(IRabbitMqReceiveEndpointConfigurator endpoint, int prefetch, int limit)
    {
        endpoint.SetQuorumQueue();
        // Everything is sent to its queue, so nothing needs a subscription.
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = prefetch;
        endpoint.ConcurrentMessageLimit = limit;
    }

    private static async Task<Served> Start(
        Action<IBusRegistrationConfigurator> register,
        Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> endpoints
    )
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var broker = builder.Configuration.GetSection("RabbitMq").Get<BusConnection>()!;
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            register(bus);
            bus.UsingRabbitMq(
                (context, rabbit) =>
                {
                    Connect(rabbit, broker);
                    endpoints(context, rabbit);
                }
            );
        });
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true);
        var host = builder.Build();
        await host.StartAsync();
        return Served.Of([host]);
    }

    private static void Connect(IRabbitMqBusFactoryConfigurator rabbit, BusConnection broker)
    {
        rabbit.Host(
            broker.Host,
            (ushort)broker.Port,
            broker.VirtualHost,
            host =>
            {
                host.Username(broker.Username);
                host.Password(broker.Password);
                host.PublisherConfirmation = true;
            }
        );
        rabbit.ConfigureJsonSerializerOptions(options =>
        {
            options.WriteIndented = false;
            return options;
        });
    }
}
