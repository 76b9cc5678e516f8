using MassTransit;
using Npgsql;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Host.Breakers;
using SagaOrchestrator.Host.Deadlines;
using SagaOrchestrator.Host.Embedded;
using SagaOrchestrator.Host.Health;
using SagaOrchestrator.Host.Machine;
using SagaOrchestrator.Host.Machine.Repository;
using SagaOrchestrator.Host.Operations;
using SagaOrchestrator.Host.Operations.OperateSaga;
using SagaOrchestrator.Host.Operations.Problems;
using SagaOrchestrator.Host.Operations.StartSaga;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Host.Plans.Versions;
using SagaOrchestrator.Host.Postgres;
using SagaOrchestrator.Host.Sagas.BusinessOrders;
using SagaOrchestrator.Host.Sagas.OrderFulfillment;
using SagaOrchestrator.Host.Telemetry;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Outbox.Commit;
using SagaOrchestrator.Outbox.Commit.Groups;
using SagaOrchestrator.Outbox.Dispatch;
using SagaOrchestrator.Outbox.Dispatch.RabbitMq;
using SagaOrchestrator.Outbox.Endpoints;
using SagaOrchestrator.Outbox.Health;
using SagaOrchestrator.Outbox.Retention;
using SagaOrchestrator.Outbox.Settings;

namespace SagaOrchestrator.Host;

/// <summary>What the orchestrator is made of.</summary>
internal static class OrchestratorServices
{
    private const int Prefetch = 256;

    /// <summary>Registers a plan. Its sagas can be started from the next start-up on.</summary>
    public static IServiceCollection AddPlan<TPlan>(this IServiceCollection services)
        where TPlan : Plan =>
        services.AddSingleton<Plan, TPlan>();

    /// <summary>Sagas on Postgres, timers on clustered Quartz.</summary>
    public static IServiceCollection AddOrchestrator(this IServiceCollection services, IConfiguration configuration)
    {
        var connectionString = ConnectionStrings.Required(configuration, "Orchestrator");
        services.AddSingleton(_ => ServiceDatabase.Open(connectionString));
        services.AddSingleton(provider => provider.GetRequiredService<ServiceDatabase>().Source);
        services.AddSingleton<ISagaStore, PostgresSagaStore>();
        services.AddSingleton(provider => GroupCommitter.Start(provider.GetRequiredService<ServiceDatabase>(), PostgresSagaStore.Schema, new SagaGroupRows()));
        services.AddSingleton<ISagaQueries, PostgresSagaQueries>();
        services.AddSingleton<IDueTimers, PostgresDueTimers>();
        services.AddSingleton<IPlanVersions, PostgresPlanVersions>();
        services.AddSingleton<PlanVersionCheck>();
        services.AddSingleton<IBreakerSettings, PostgresBreakerSettings>();
        services.AddSingleton<BreakerWatch>();
        services.AddSingleton<BreakerDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<BreakerWatch>());
        services.AddClusteredTimers(PostgresSagaStore.Schema);
        var retention = configuration.ReadShared<RetentionOptions>("Retention");
        services.AddSingleton(provider => new CleanUp(
            provider.GetRequiredService<NpgsqlDataSource>(), retention.Rules(PostgresSagaStore.Schema), retention.Every,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CleanUp>>()));
        services.AddHostedService(provider => provider.GetRequiredService<CleanUp>());
        services.AddProductPlans(configuration).AddApiProblems();
        var broker = configuration.ReadShared<BusConnection>("RabbitMq");
        services.AddSingleton(provider => new RabbitMqPublisher(
            broker, Queues.Orchestrator, provider.GetRequiredService<ILoggerFactory>().CreateLogger<RabbitMqPublisher>()));
        services.AddSingleton<ConditionCheck, ParticipantConsumers>().AddSingleton<ConditionCheck, UnroutedMessages>().AddSingleton<ConditionCheck, LateTimers>();
        services.AddServiceConditions(broker, Queues.Orchestrator, PostgresSagaStore.Schema);
        return services.AddCore(configuration, provider => provider.GetRequiredService<RabbitMqPublisher>(), provider =>
        {
            var database = provider.GetRequiredService<NpgsqlDataSource>();
            return (provider.GetRequiredService<GroupCommitter>(), new PostgresOutboxStore(database, PostgresSagaStore.Schema));
        });
    }

    /// <summary>Everything in memory: nothing survives the process.</summary>
    public static IServiceCollection AddEmbeddedOrchestrator(this IServiceCollection services, IConfiguration configuration) => services
        .AddEmbeddedCore(configuration, dispatcher => dispatcher)
        .AddLocalTimers()
        .AddBusCondition()
        .AddConditionWatch(Queues.Orchestrator)
        .AddProductPlans(configuration)
        .AddApiProblems();

    /// <summary>The same without timers and plans, for those who bring their own.</summary>
    public static IServiceCollection AddEmbeddedCore(
        this IServiceCollection services, IConfiguration configuration, Func<IMessageDispatcher, IMessageDispatcher> dispatching)
    {
        services.AddSingleton<MemorySagas>();
        services.AddSingleton<ISagaStore>(provider => provider.GetRequiredService<MemorySagas>());
        services.AddSingleton<ISagaQueries>(provider => provider.GetRequiredService<MemorySagas>());
        services.AddSingleton<IDueTimers>(provider => provider.GetRequiredService<MemorySagas>());
        return services.AddCore(configuration, provider => dispatching(new BusDispatcher(provider.GetRequiredService<IBus>)), _ =>
        {
            var memory = new MemoryCommitter();
            return (memory, memory);
        });
    }

    private static IServiceCollection AddProductPlans(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(configuration.Read<OrderFulfillmentOptions>("OrderFulfillment"))
        .AddPlan<OrderFulfillmentPlan>()
        .AddSingleton(configuration.Read<BusinessOrderOptions>("BusinessOrders"))
        .AddPlan<BusinessOrderPlan>();

    private static IServiceCollection AddApiProblems(this IServiceCollection services) =>
        services.AddExceptionHandler<UnexpectedFailure>().AddProblemDetails();

    private static IServiceCollection AddCore(
        this IServiceCollection services, IConfiguration configuration, Func<IServiceProvider, IMessageDispatcher> dispatcher,
        Func<IServiceProvider, (ICommitter Committer, IOutboxStore Store)> persistence)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<PlanCatalogue>();
        services.AddSingleton<SagaMetrics>();
        services.AddSingleton<SagaObserver>();
        services.AddSingleton(configuration.Read<CompensationOptions>("Compensation"));
        services.AddSingleton<CompensationGate>();
        services.AddSingleton(configuration.Read<BreakerOptions>("Breakers"));
        services.AddSingleton<ParticipantBreakers>();
        services.AddSingleton<Decider>(SagaDecider.Decide);
        services.AddSingleton(configuration.Read<IntakeLimits>("Limits"));
        services.AddSingleton<SagaEngine>();
        services.AddSingleton<SagaStarts>();
        services.AddSingleton<ReplyInputs>();
        services.AddSingleton(OriginOptions.From(configuration));
        services.AddSingleton<SagaStateMachine>();
        services.AddSingleton<SagaTurns>();
        services.AddSingleton<SagaCache>();
        services.AddSingleton<SagaLoader>();
        services.AddSingleton<DatabaseClock>();
        services.AddSingleton<SagaActor>();
        services.AddSingleton<OperatorDesk>();
        services.AddSingleton<SagaStarter>();
        services.AddSingleton(provider =>
        {
            // The dispatcher is made last, so that it is disposed first: what it confirms then is still forgotten.
            var (committer, store) = persistence(provider);
            return Outbox(provider, dispatcher(provider), (committer, store));
        });
        services.AddSingleton(Endpoint);
        services.AddHostedService(provider => new OutboxSweeper(provider.GetRequiredService<ServiceOutbox>(), TimeSpan.FromSeconds(2)));
        services.AddHostedService<GaugeReader>();
        return services;
    }

    private static ServiceOutbox Outbox(
        IServiceProvider provider, IMessageDispatcher dispatcher, (ICommitter Committer, IOutboxStore Store) persistence) => new(
        Queues.Orchestrator, persistence.Committer, persistence.Store, dispatcher,
        provider.GetRequiredService<ILoggerFactory>().CreateLogger<ServiceOutbox>());

    private static ServiceEndpoint Endpoint(IServiceProvider provider) => new(
        Queues.Orchestrator, provider.GetRequiredService<ServiceOutbox>(), Prefetch,
        endpoint => endpoint.StateMachineSaga(
            provider.GetRequiredService<SagaStateMachine>(),
            new MassTransit.Saga.SagaRepository<SagaInstance>(
                new SagaRepositoryContextFactory(provider.GetRequiredService<SagaLoader>(), provider.GetRequiredService<PlanCatalogue>()))));
}
