using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Engine.Audit;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Bulk;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Feeds;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.PlanDocuments;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Plans.Versions;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Engine.Starting;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.DeadLetters;

namespace SagaOrchestrator.Engine.Hosting;

/// <summary>What a host, its API and its tests may call.</summary>
internal static class ControlServices
{
    public static void AddControl(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SagaReader(
            provider.GetRequiredService<ISagaStore>(),
            provider.GetRequiredService<ISagaQueries>()
        ));
        services.AddSingleton(provider => new SagaSearch(
            provider.GetRequiredService<ISummaries>(),
            provider.GetRequiredService<NamedSagas>(),
            provider.GetRequiredService<PlanCatalogue>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(provider => new SagaStatistics(provider.GetRequiredService<IStatistics>()));
        services.AddSingleton(provider => new SagaStarter(provider.GetRequiredService<RequestStarts>()));
        services.AddSingleton(provider => new SagaOperator(
            provider.GetRequiredService<SagaActor>(),
            provider.GetRequiredService<ISagaStore>(),
            provider.GetRequiredService<PlanCatalogue>(),
            provider.GetRequiredService<IntakeLimits>(),
            provider.GetRequiredService<IOperatorLog>()
        ));
        services.AddSingleton(provider => new SagaAlarms(provider.GetRequiredService<IAlarms>()));
        services.AddSingleton(provider => new SagaAuditor(provider.GetRequiredService<IAuditReports>()));
        services.AddSingleton(provider => new OperatorLog(provider.GetRequiredService<IOperatorLog>()));
        services.AddSingleton(provider => new SagaFeeds(
            provider.GetRequiredService<ISagaFeed>(),
            provider.GetRequiredService<SagaSearch>(),
            provider.GetRequiredService<FeedWatch>()
        ));
        services.AddSingleton(provider => new SagaBulkJobs(
            provider.GetRequiredService<IBulkJobs>(),
            provider.GetRequiredService<BulkPlanner>()
        ));
        services.AddSingleton(provider => new SagaSignals(
            provider.GetRequiredService<SagaActor>(),
            provider.GetRequiredService<ISagaStore>(),
            provider.GetRequiredService<PlanCatalogue>(),
            provider.GetRequiredService<IntakeLimits>()
        ));
        services.AddSingleton(provider => new SagaExplanations(
            provider.GetRequiredService<ISagaStore>(),
            provider.GetRequiredService<ISagaQueries>(),
            provider.GetRequiredService<PlanCatalogue>(),
            provider.GetRequiredService<ParticipantBreakers>(),
            provider.GetRequiredService<IntakeLimits>(),
            provider.GetRequiredService<SensitiveSagas>()
        ));
        services.AddSingleton(provider => new SagaBreakers(
            provider.GetRequiredService<ParticipantBreakers>(),
            provider.GetRequiredService<PlanCatalogue>(),
            provider.GetService<BreakerDesk>()
        ));
        services.AddSingleton(provider => new SagaDeadLetters(
            provider.GetRequiredService<IDeadLetters>(),
            provider.GetRequiredService<IDeadLetterMover>(),
            provider.GetRequiredService<PlanCatalogue>(),
            provider.GetRequiredService<IntakeLimits>()
        ));
        services.AddSingleton(provider => new SagaTimers(
            provider.GetRequiredService<IDueTimers>(),
            provider.GetRequiredService<TimerFiring>(),
            provider.GetRequiredService<ISummaries>(),
            provider.GetRequiredService<SagaExplanations>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(provider => new SagaWebhooks(
            provider.GetService<IWebhooks>(),
            provider.GetRequiredService<WebhookOptions>()
        ));
        services.AddSingleton(provider => new SagaPlanDocuments(
            provider.GetRequiredService<PlanCatalogue>(),
            provider.GetService<IPlanDocuments>(),
            provider.GetService<PlanDocumentWatch>(),
            provider.GetService<IPlanVersions>()
        ));
        services.AddSingleton(provider => new SagaSubjects(
            provider.GetService<SubjectKeys>(),
            provider.GetRequiredService<SensitiveSagas>(),
            provider.GetRequiredService<ISagaStore>(),
            provider.GetRequiredService<PlanCatalogue>(),
            provider.GetRequiredService<IOperatorLog>()
        ));
        services.AddSingleton(provider => new SagaPlans(
            provider.GetRequiredService<PlanCatalogue>(),
            provider.GetRequiredService<ISummaries>(),
            provider.GetService<IPlanVersions>()
        ));
    }
}
