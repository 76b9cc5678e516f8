using Microsoft.AspNetCore.Server.Kestrel.Core;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Alarms;
using SagaOrchestrator.Http.Answers;
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
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Http.SignalSaga;
using SagaOrchestrator.Http.StartSaga;
using SagaOrchestrator.Http.Statistics;
using SagaOrchestrator.Http.Summarize;

namespace SagaOrchestrator.Http;

/// <summary>The REST API, its description and its UI, in an ASP.NET Core application.</summary>
public static class SagaApi
{
    /// <summary>Where the UI is.</summary>
    public const string UiPath = "/swagger";

    /// <summary>
    /// Adds what the API needs. Settings are read from the sections <c>Limits</c> and <c>Starts</c>. Of the host it changes what only a
    /// server can hold: the room for URL and headers.
    /// </summary>
    /// <param name="services">The host's container.</param>
    /// <param name="configuration">The host's settings.</param>
    public static void AddSagaApi(this IServiceCollection services, IConfiguration configuration)
    {
        AccessServices.Add(services, configuration);
        StartLimits.Add(services, configuration);
        IdRoutes.AddConstraints(services);
        services.Configure<KestrelServerOptions>(HttpLimits.Apply);
        services.AddSingleton<UnexpectedFailure>();
        services.AddSingleton<OperatorDesk>();
        services.AddSingleton<OpenStreams>();
        services.AddHealthChecks();
        services.AddOpenApi(
            "v1",
            options =>
                options
                    .AddOperationTransformer<StartExamples>()
                    .AddSchemaTransformer<EnumSchemas>()
                    .AddDocumentTransformer(
                        (document, _, _) =>
                        {
                            document.Info.Title = "SagaOrchestrator";
                            document.Info.Description =
                                "Start sagas, see where they stand, signal them, lead parked ones out, and see to dead letters.";
                            return Task.CompletedTask;
                        }
                    )
        );
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
        BulkJobEndpoints.Map(Group(Routes.BulkJobs, "Bulk jobs", SagaRole.Operate), Reads(Routes.BulkJobs, "Bulk jobs"));
        StatisticsEndpoint.Map(Reads(Routes.Statistics, "Sagas"));
        FailuresEndpoint.Map(Reads(Routes.Failures, "Sagas"));
        AlarmsEndpoint.Map(Reads(Routes.Alarms, "Operators"));
        OperatorLogEndpoint.Map(Reads(Routes.OperatorActions, "Operators"));
        ReadDeadLetterEndpoints.Map(Reads(Routes.DeadLetters, "Dead letters"));
        ActOnDeadLetterEndpoints.Map(Group(Routes.DeadLetters, "Dead letters", SagaRole.Operate));
        BreakerEndpoints.Map(own);
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
                Routes.Failures,
                Routes.DeadLetters,
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
