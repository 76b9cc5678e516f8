using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Health;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Groups;
using SagaOrchestrator.Messaging.Postgres.Health;
using SagaOrchestrator.Messaging.Postgres.Outbox;
using SagaOrchestrator.Messaging.Postgres.Retention;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.RabbitMq.Endpoints;
using SagaOrchestrator.Messaging.RabbitMq.Health;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;
using SagaOrchestrator.Participants.Sensitive;

namespace SagaOrchestrator.Participants.Hosting;

/// <summary>Adds a participant to a host.</summary>
public static class ParticipantServices
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Adds a participant: its queue, its steps, and what keeps each step's effect to once. A host has one participant, or
    /// several that are told <c>UseInMemory()</c>.
    /// <code>
    /// builder.Services.AddParticipant("hotels", hotels => hotels
    ///     .UsePostgres(connectionString)
    ///     .UseRabbitMq(broker)
    ///     .AddStep&lt;BookHotelStep&gt;());
    /// </code>
    /// </summary>
    /// <param name="services">The host's container.</param>
    /// <param name="name">The participant's name, as plans name it with <c>At</c>. Also its queue.</param>
    /// <param name="configure">Says what it is made of.</param>
    /// <exception cref="InvalidOperationException">Something is missing; the message says what to call.</exception>
    public static IServiceCollection AddParticipant(this IServiceCollection services, string name, Action<ParticipantBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        var participant = new ParticipantBuilder(name, services);
        configure(participant);
        var dispatcher = MemoryServers.In(services)?.Dispatcher ?? (participant.IsInMemory ? BusDispatcher.Of : null);
        if (dispatcher is null && services.Any(service => service.ServiceType == typeof(ParticipantBuilder)))
        {
            throw new InvalidOperationException(
                $"This host has a participant already, so '{name}' cannot be added. Give it a host of its own: each has its own broker "
                    + $"user."
            );
        }

        participant.CheckNamesAndSteps();
        if (MemoryServers.In(services) is null)
        {
            participant.CheckServers();
        }

        if (participant.Opener is { } opener)
        {
            services.TryAddSingleton(_ => opener);
        }

        return dispatcher is null
            ? services.AddOnServers(participant)
            : services.AddMemoryParticipant(name, dispatcher, participant.AddStepsTo);
    }

    private static IServiceCollection AddOnServers(this IServiceCollection services, ParticipantBuilder participant)
    {
        var name = participant.Name;
        services.AddSingleton(participant).AddSingleton(participant.Limits);
        AddDatabase(services, participant);
        services.AddRabbitMqBus(participant.Broker!, name);
        AddEndpoint(services, participant);
        services.AddHostedService(provider => new CleanUpService(
            new CleanUp(
                provider.GetRequiredService<NpgsqlDataSource>(),
                participant.Retention.Rules(participant.Schema),
                provider.GetRequiredService<ILogger<CleanUp>>()
            ),
            participant.Retention.Every,
            TimeProvider.System
        ));
        services.AddHostedService(provider => new OutboxSweeper(provider.GetRequiredService<ServiceOutbox>(), SweepEvery));
        return services
            .AddPostgresCondition(participant.Schema)
            .AddRabbitMqConditions(participant.Broker!, name)
            .AddOutboxCondition()
            .AddConditionWatch(name);
    }

    private static void AddDatabase(IServiceCollection services, ParticipantBuilder participant)
    {
        services.AddSingleton(_ => participant.Migration);
        if (participant.MigratorConnectionString is not null)
        {
            services.AddHostedService(_ => new MigrateBeforeStart(participant.Migration));
        }

        services.AddHostedService<SchemaBeforeStart>();
        services.AddSingleton(_ => ServiceDatabase.Open(participant.ConnectionString!));
        services.AddSingleton(provider => provider.GetRequiredService<ServiceDatabase>().Source);
        services.AddSingleton(provider =>
            ParticipantEndpoint.Committer(provider.GetRequiredService<ServiceDatabase>(), participant.Schema)
        );
    }

    private static void AddEndpoint(IServiceCollection services, ParticipantBuilder participant)
    {
        services.AddSingleton(provider => new RabbitMqPublisher(
            participant.Broker!,
            participant.Name,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<RabbitMqPublisher>()
        ));
        services.AddSingleton(provider => new ServiceOutbox(
            participant.Name,
            provider.GetRequiredService<GroupCommitter>(),
            new PostgresOutboxStore(provider.GetRequiredService<NpgsqlDataSource>(), participant.Schema),
            provider.GetRequiredService<RabbitMqPublisher>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<ServiceOutbox>()
        ));
        services.AddSingleton(provider =>
        {
            var endpoint = ParticipantEndpoint.OnPostgres(
                participant.Name,
                participant.Schema,
                provider.GetRequiredService<ServiceDatabase>(),
                provider.GetRequiredService<ServiceOutbox>(),
                provider.GetRequiredService<ILoggerFactory>().CreateLogger<ParticipantEndpoint>(),
                provider.GetService<CommandOpener>()
            );
            participant.AddStepsTo(endpoint, provider);
            return endpoint;
        });
        services.AddSingleton(provider => provider.GetRequiredService<ParticipantEndpoint>().Build());
        services.AddSingleton(provider => provider.GetRequiredService<ParticipantEndpoint>().DeferredReplies());
    }
}
