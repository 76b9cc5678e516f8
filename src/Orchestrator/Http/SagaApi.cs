using Microsoft.AspNetCore.Server.Kestrel.Core;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Alarms;
using SagaOrchestrator.Http.Answers;
using SagaOrchestrator.Http.Audit;
using SagaOrchestrator.Http.Breakers;
using SagaOrchestrator.Http.BulkJobs;
using SagaOrchestrator.Http.DeadLetters;
using SagaOrchestrator.Http.Diagram;
using SagaOrchestrator.Http.ExplainSaga;
using SagaOrchestrator.Http.Failures;
using SagaOrchestrator.Http.GetHistory;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.GetSagaByKey;
using SagaOrchestrator.Http.Health;
using SagaOrchestrator.Http.ListSagas;
using SagaOrchestrator.Http.Live;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.OperatorLog;
using SagaOrchestrator.Http.Outcomes;
using SagaOrchestrator.Http.Permissions;
using SagaOrchestrator.Http.PlanDocuments;
using SagaOrchestrator.Http.Plans;
using SagaOrchestrator.Http.ProblemPages;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.RateLimits;
using SagaOrchestrator.Http.ReadContract;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Http.SignalSaga;
using SagaOrchestrator.Http.StartSaga;
using SagaOrchestrator.Http.Statistics;
using SagaOrchestrator.Http.Subjects;
using SagaOrchestrator.Http.Summarize;
using SagaOrchestrator.Http.Timers;
using SagaOrchestrator.Http.Webhooks;

namespace SagaOrchestrator.Http;

/// <summary>The REST API, its description and its UI, in an ASP.NET Core application.</summary>
public static class SagaApi
{
    /// <summary>Where the UI is.</summary>
    public const string UiPath = "/swagger";

    /// <summary>
    /// Adds what the API needs. Settings are read from the sections <c>Auth</c>, <c>Limits</c>, <c>RateLimits</c> and <c>Starts</c>. Of
    /// the host it changes what only a server can hold: the room for URL and headers.
    /// </summary>
    /// <param name="services">The host's container.</param>
    /// <param name="configuration">The host's settings.</param>
    public static void AddSagaApi(this IServiceCollection services, IConfiguration configuration)
    {
        AccessServices.Add(services, configuration);
        StartLimits.Add(services, configuration);
        CallerLimits.Add(services, configuration);
        services.AddSingleton<Admission>();
        services.AddSingleton<RefusalLog>();
        IdRoutes.AddConstraints(services);
        services.Configure<KestrelServerOptions>(HttpLimits.Apply);
        services.AddSingleton<UnexpectedFailure>();
        services.AddSingleton<OperatorDesk>();
        services.AddSingleton<OpenStreams>();
        services.AddHealthChecks();
        Description.DescribedApi.Add(services);
    }

    /// <summary>
    /// Maps the routes, the health checks, the description and its UI, into any ASP.NET Core application and under any prefix. It touches
    /// these routes alone: what the host has beside them it leaves as it is.
    /// <code>
    /// app.MapSagaApi().RequireAuthorization("operators");
    /// app.MapGroup("/internal").MapSagaApi();
    /// </code>
    /// </summary>
    /// <param name="routes">The application, or a group of its routes.</param>
    /// <returns>Takes conventions for the API, its description and its UI; not for <c>/health/live</c> and <c>/health/ready</c>, which
    /// probes ask.</returns>
    public static IEndpointConventionBuilder MapSagaApi(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var own = routes.MapOwn();
        RouteGroupBuilder Group(string path, string tag, SagaRole role) => own.MapGroup(path).WithTags(tag).WithAccess(role);
        RouteGroupBuilder Reads(string path, string tag) => Group(path, tag, SagaRole.Read).WithReadDeadline();
        var starts = Group(Routes.Sagas, "Sagas", SagaRole.Start);
        StartSagaEndpoint.Map(starts);
        SignalSagaEndpoint.Map(starts);
        MapSagaReads(Reads(Routes.Sagas, "Sagas"));
        // As long as it takes: these are streams.
        var streams = Group(Routes.Sagas, "Sagas", SagaRole.Read);
        ExportSagasEndpoint.Map(streams);
        LiveEndpoints.Map(streams);
        IdRoutes.MapNoId(streams);
        OutcomesEndpoint.Map(Group(Routes.Outcomes, "Sagas", SagaRole.Read));
        OperateSagaEndpoints.Map(Group(Routes.Sagas, "Sagas", SagaRole.Operate));
        ActOnBulkJobEndpoints.Map(Group(Routes.BulkJobs, "Bulk jobs", SagaRole.Operate));
        ReadBulkJobEndpoints.Map(Reads(Routes.BulkJobs, "Bulk jobs"));
        StatisticsEndpoint.Map(Reads(Routes.Statistics, "Sagas"));
        FailuresEndpoint.Map(Reads(Routes.Failures, "Sagas"));
        TimersEndpoint.Map(Reads(Routes.Timers, "Sagas"));
        PlansEndpoints.Map(Reads(Routes.Plans, "Plans"));
        AuditEndpoint.Map(Reads(Routes.Audit, "Operators"));
        AlarmsEndpoint.Map(Reads(Routes.Alarms, "Operators"));
        OperatorLogEndpoint.Map(Reads(Routes.OperatorActions, "Operators"));
        PermissionsEndpoint.Map(Group(Routes.Permissions, "Operators", SagaRole.Known));
        ReadDeadLetterEndpoints.Map(Reads(Routes.DeadLetters, "Dead letters"));
        ActOnDeadLetterEndpoints.Map(Group(Routes.DeadLetters, "Dead letters", SagaRole.Operate));
        ReadContractEndpoint.Map(Reads(Routes.Contract, "Contract"));
        RevealEndpoint.Map(Group(Routes.Sagas, "Subjects", SagaRole.Sensitive));
        ForgetEndpoint.Map(Group(Routes.Subjects, "Subjects", SagaRole.Administer));
        SubjectKeyEndpoint.Map(Group(Routes.SubjectKeys, "Subjects", SagaRole.Keys).WithReadDeadline());
        BreakerEndpoints.Map(own);
        WebhookEndpoints.Map(own);
        PlanDocumentEndpoints.Map(own);
        ProblemPagesEndpoint.Map(Group(Routes.Problems, "Problems", SagaRole.Open));
        Array.ForEach(
            [
                Routes.Sagas,
                Routes.Participants,
                Routes.SagaTypes,
                Routes.Statistics,
                Routes.Outcomes,
                Routes.BulkJobs,
                Routes.OperatorActions,
                Routes.Alarms,
                Routes.Audit,
                Routes.Failures,
                Routes.DeadLetters,
                Routes.Contract,
                Routes.Permissions,
                Routes.Timers,
                Routes.Webhooks,
                Routes.Plans,
                Routes.PlanDocuments,
                Routes.Subjects,
                Routes.SubjectKeys,
                Routes.Problems,
            ],
            path => UnknownPaths.Map(own, path)
        );
        UserInterface.Map(own, UiPath);
        HealthEndpoints.Map(routes.MapOwn());
        return own;
    }

    private static void MapSagaReads(RouteGroupBuilder reads)
    {
        SummarizeEndpoint.Map(reads);
        GetSagaEndpoint.Map(reads);
        GetSagaByKeyEndpoint.Map(reads);
        GetHistoryEndpoint.Map(reads);
        ExplainSagaEndpoint.Map(reads);
        DiagramEndpoint.Map(reads);
        ListSagasEndpoint.Map(reads);
    }

    /// <summary>
    /// Answers every path that the host has no route for as the API does, with a problem. For a host that is nothing else but the API.
    /// </summary>
    /// <param name="routes">The application, or a group of its routes.</param>
    public static void MapUnknownPaths(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        UnknownPaths.Map(routes.MapOwn(), string.Empty);
    }
}
