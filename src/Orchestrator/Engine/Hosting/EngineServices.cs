using MassTransit;
using Npgsql;
using SagaOrchestrator.Contracts;
using SagaOrchestrator.Decisions.Rules;
using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Engine.Audit;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Bulk;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Deciding;
using SagaOrchestrator.Engine.Feeds;
using SagaOrchestrator.Engine.Health;
using SagaOrchestrator.Engine.InMemory;
using SagaOrchestrator.Engine.Machine;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.PlanDocuments;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Plans.Versions;
using SagaOrchestrator.Engine.Postgres;
using SagaOrchestrator.Engine.Projection;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Engine.Repository;
using SagaOrchestrator.Engine.Retention;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Engine.Starting;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Engine.Topology;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Health;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Groups;
using SagaOrchestrator.Messaging.Postgres.Health;
using SagaOrchestrator.Messaging.Postgres.Outbox;
using SagaOrchestrator.Messaging.Postgres.Retention;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.Endpoints;
using SagaOrchestrator.Messaging.RabbitMq.Health;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Engine.Hosting;

/// <summary>What the orchestrator is made of.</summary>
internal static class EngineServices
{
    private const int Prefetch = 256;

    /// <summary>Every script of the schema, in order.</summary>
    public static IReadOnlyList<SchemaScript> Schema { get; } =
    [.. SchemaScript.Outbox, .. SchemaScript.Embedded(typeof(PostgresSagaStore).Assembly, "orchestrator/"), QuartzSchema.Script];

    /// <summary>Sagas on Postgres, timers on clustered Quartz.</summary>
    public static void AddOnServers(this IServiceCollection services, SagaOrchestratorOptions options)
    {
        var (connectionString, broker, names) = (options.ConnectionString!, options.Broker!, options.Names);
        var migration = new SchemaMigration(options.MigratorConnectionString, names.Schema, options.Role, Schema, options.Missing);
        services.AddSingleton(migration).AddHostedService<MarksBeforeStart>();
        if (migration.ConnectionString is not null)
        {
            services.AddHostedService(_ => new MigrateBeforeStart(migration));
        }

        services.AddHostedService<SchemaBeforeStart>().AddHostedService<LoadPlanDocuments>();
        services.AddHostedService<CheckBeforeStart>().AddHostedService<LoadSenderKeys>();
        // Before the rest, so that the bus stops last: timers and sweeper still need it.
        services.AddRabbitMqBus(broker, names.Queue);
        services.AddSingleton(_ => ServiceDatabase.Open(connectionString, leavesHeldRows: true, loadsTypes: false));
        services.AddSingleton(provider => provider.GetRequiredService<ServiceDatabase>().Source);
        services.AddSingleton<ISagaStore, PostgresSagaStore>();
        services.AddSingleton(provider =>
            GroupCommitter.Start(provider.GetRequiredService<ServiceDatabase>(), names.Schema, new SagaGroupRows(names))
        );
        services.AddSingleton<ISagaQueries, PostgresSagaQueries>();
        services.AddSingleton(_ => ReadDatabase.Open(options.ReadConnectionString ?? connectionString, names.Schema));
        services.AddSingleton<PostgresSummaries>();
        services.AddSingleton<ISummaries>(provider => provider.GetRequiredService<PostgresSummaries>());
        services.AddSingleton<ISagaFeed>(provider => provider.GetRequiredService<PostgresSummaries>());
        services.AddSingleton<IStatistics, PostgresStatistics>();
        services.AddSingleton<IBulkJobs, PostgresBulkJobs>();
        services.AddSingleton<IOperatorLog, PostgresOperatorLog>();
        services.AddSingleton<IAlarms, PostgresAlarms>().AddSingleton(WatchAlarms.Recurring);
        services
            .AddSingleton<NodeAlarmSource, ConditionAlarms>()
            .AddSingleton<NodeAlarmSource, BreakerAlarms>()
            .AddSingleton<AlarmSource, SeenByNodes>()
            .AddSingleton<AlarmSource, LateSummaries>()
            .AddSingleton<AlarmSource, ParkedSagas>()
            .AddSingleton<AlarmSource, WaitingLetters>()
            .AddSingleton<AlarmLook>()
            .AddHostedService<TellSights>()
            .AddHostedService<AlarmsOnTime>();
        services.AddWebhooks();
        services.AddAuditor(options);
        services.AddSingleton<SummaryProjection>().AddSingleton<SummaryRebuild>().AddSingleton(ProjectSummaries.Recurring);
        services.AddHostedService<WarmSearch>();
        services.AddSingleton<IDeadLetters, PostgresDeadLetters>();
        services.AddDeadLetterIndex(broker, names.Queue);
        services.AddSingleton<IDueTimers, PostgresDueTimers>();
        services.AddSingleton<IPlanVersions, PostgresPlanVersions>();
        services.AddSingleton<PlanVersionCheck>();
        services.AddSingleton<IPlanDocuments, PostgresPlanDocuments>().AddSingleton<PlanDocumentWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<PlanDocumentWatch>());
        services.AddSingleton<IBreakerSettings, PostgresBreakerSettings>();
        services.AddSingleton<ISubjectKeyStore, PostgresSubjectKeys>();
        services.AddSingleton<BreakerWatch>();
        services.AddSingleton<BreakerDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<BreakerWatch>());
        services.AddClusteredTimers(names.Schema);
        var retention = options.Retention;
        services.AddSingleton(retention).AddSingleton(CleanUpJob.Recurring(retention));
        services.AddSingleton(provider => new CleanUp(
            provider.GetRequiredService<NpgsqlDataSource>(),
            retention.Rules(names.Schema),
            provider.GetRequiredService<ILogger<CleanUp>>()
        ));
        services.AddSingleton(provider => new RabbitMqPublisher(
            broker,
            names.Queue,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<RabbitMqPublisher>()
        ));
        services
            .AddSingleton<ConditionCheck, ParticipantConsumers>()
            .AddSingleton<ConditionCheck, UnroutedMessages>()
            .AddSingleton<ConditionCheck, LateTimers>()
            .AddSingleton<ConditionCheck, UnreadPlans>()
            .AddSingleton<ConditionCheck, FormerKeys>();
        services
            .AddPostgresCondition(names.Schema)
            .AddRabbitMqConditions(broker, names.Queue)
            .AddOutboxCondition()
            .AddConditionWatch(names.Queue);
        services.AddCore(
            options,
            provider => provider.GetRequiredService<RabbitMqPublisher>(),
            provider =>
            {
                var database = provider.GetRequiredService<NpgsqlDataSource>();
                return (provider.GetRequiredService<GroupCommitter>(), new PostgresOutboxStore(database, names.Schema));
            }
        );
    }

    /// <summary>Everything in memory: nothing survives the process.</summary>
    public static void AddInMemory(this IServiceCollection services, SagaOrchestratorOptions options) =>
        services.AddInMemoryCore(options, BusDispatcher.Of).AddLocalTimers().AddBusCondition().AddConditionWatch(options.Names.Queue);

    /// <summary>The same without timers and plans, for those who bring their own.</summary>
    public static IServiceCollection AddInMemoryCore(
        this IServiceCollection services,
        SagaOrchestratorOptions options,
        Func<IServiceProvider, IMessageDispatcher> dispatcher
    )
    {
        services.AddSingleton<MemoryDeadLetters>();
        services.AddSingleton<IDeadLetters>(provider => provider.GetRequiredService<MemoryDeadLetters>());
        services.AddSingleton<IDeadLetterMover>(provider => new MemoryDeadLetterMover(
            provider.GetRequiredService<IDeadLetters>(),
            () => dispatcher(provider)
        ));
        services.AddSingleton<MemorySummaries>();
        services.AddSingleton<ISummaries>(provider => provider.GetRequiredService<MemorySummaries>());
        services.AddSingleton<IStatistics>(provider => provider.GetRequiredService<MemorySummaries>());
        services.AddSingleton<ISagaFeed>(provider => provider.GetRequiredService<MemorySummaries>());
        services.AddSingleton<IBulkJobs, MemoryBulkJobs>();
        services.AddSingleton<IOperatorLog, MemoryOperatorLog>();
        services.AddSingleton<IAlarms, MemoryAlarms>();
        services.AddSingleton<IAuditReports, MemoryAuditReports>();
        services.AddSingleton<ISubjectKeyStore, MemorySubjectKeys>();
        services.AddSingleton<MemorySagas>();
        services.AddSingleton<ISagaStore>(provider => provider.GetRequiredService<MemorySagas>());
        services.AddSingleton<ISagaQueries>(provider => provider.GetRequiredService<MemorySagas>());
        services.AddSingleton<IDueTimers>(provider => provider.GetRequiredService<MemorySagas>());
        return services.AddCore(
            options,
            dispatcher,
            _ =>
            {
                var memory = new MemoryCommitter();
                return (memory, memory);
            }
        );
    }

    private static IServiceCollection AddCore(
        this IServiceCollection services,
        SagaOrchestratorOptions options,
        Func<IServiceProvider, IMessageDispatcher> dispatcher,
        Func<IServiceProvider, (ICommitter Committer, IOutboxStore Store)> persistence
    )
    {
        services.AddSingleton(options.Names);
        services.AddSingleton(options.Formats());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<PlanCatalogue>();
        services.AddSingleton<SummaryColumns>();
        services.AddSingleton<Summarizer>();
        services.AddSingleton<NamedSagas>();
        services.AddSingleton<IDeadLetterIndex, DeadLetterKeeper>();
        services.AddSingleton(provider => new SagaTopology(
            options.Names,
            provider.GetRequiredService<PlanCatalogue>(),
            options.Role,
            (options.Broker ?? new BusConnection()).VirtualHost
        ));
        services.AddSingleton(provider =>
        {
            var plans = provider.GetRequiredService<PlanCatalogue>();
            return new ContractDocuments(
                () => plans.All,
                options.Names.Queue,
                (options.Broker ?? new BusConnection()).VirtualHost,
                options.Limits,
                provider.GetRequiredService<ParticipantFormats>().Of
            );
        });
        services.AddSingleton<SagaMetrics>();
        services.AddSingleton<SagaObserver>();
        services.AddSingleton(options.Compensation);
        services.AddSingleton<CompensationGate>();
        services.AddSingleton(options.Webhooks);
        services.AddSingleton(options.Audit);
        services.AddSingleton(options.Breakers);
        services.AddSingleton<ParticipantBreakers>();
        services.AddSingleton<Decider>(SagaDecider.Decide);
        services.AddSingleton(options.Limits);
        services.AddSingleton(provider => new PlanRunner(
            provider.GetRequiredService<Decider>(),
            provider.GetRequiredService<IntakeLimits>(),
            Transient.Is
        ));
        services.AddSensitive(options.SensitiveKeys);
        services.AddSingleton<CommandSender>();
        services.AddSingleton<SagaEngine>();
        services.AddSingleton<MessageStarts>();
        services.AddSingleton<ReplyInputs>();
        services.AddSingleton(options.Origin);
        services.AddSingleton<SagaStateMachine>();
        services.AddSingleton<SagaLocks>();
        services.AddSingleton<SagaCache>();
        services.AddSingleton<SagaLoader>();
        services.AddSingleton<DatabaseClock>();
        services.AddSingleton<SagaActor>();
        services.AddSingleton<RequestStarts>();
        services.AddSingleton(provider => new TimerFiring(
            provider.GetRequiredService<IDueTimers>(),
            () => dispatcher(provider),
            provider.GetService<QueueReading>(),
            options.Names,
            provider.GetRequiredService<ILogger<TimerFiring>>()
        ));
        services.AddSingleton<FeedWatch>();
        services.AddSingleton<IBulkLetters, BulkLetters>();
        services.AddSingleton<BulkPlanner>().AddSingleton<BulkActor>().AddHostedService<BulkRunner>();
        services.AddControl();
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
        IServiceProvider provider,
        IMessageDispatcher dispatcher,
        (ICommitter Committer, IOutboxStore Store) persistence
    ) =>
        new(
            provider.GetRequiredService<OrchestratorNames>().Queue,
            persistence.Committer,
            persistence.Store,
            dispatcher,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<ServiceOutbox>()
        );

    private static ServiceEndpoint Endpoint(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<OrchestratorNames>().Queue,
            provider.GetRequiredService<ServiceOutbox>(),
            Prefetch,
            endpoint =>
                endpoint.StateMachineSaga(
                    provider.GetRequiredService<SagaStateMachine>(),
                    new MassTransit.Saga.SagaRepository<SagaInstance>(
                        new SagaRepositoryContextFactory(
                            provider.GetRequiredService<SagaLoader>(),
                            provider.GetRequiredService<PlanCatalogue>()
                        )
                    )
                )
        );
}
