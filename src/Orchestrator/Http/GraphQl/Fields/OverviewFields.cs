using System.Globalization;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Http.Alarms;
using SagaOrchestrator.Http.Breakers;
using SagaOrchestrator.Http.Failures;
using SagaOrchestrator.Http.Outcomes;
using SagaOrchestrator.Http.Plans;
using SagaOrchestrator.Http.Statistics;
using SagaOrchestrator.Http.Summarize;
using SagaOrchestrator.Http.Timers;

namespace SagaOrchestrator.Http.GraphQl.Fields;

/// <summary>What is asked of all sagas: each field asks the route of REST that answers the same, so bounds and words are its own.</summary>
internal static class OverviewFields
{
    public static async Task<object?> Summary(FieldRead field) =>
        FieldRead.Items(await SummarizeEndpoint.Summarize(field.Service<SagaSearch>(), field.Cancelled), "counts");

    public static Task<object?> SagaTypes(FieldRead field) =>
        Task.FromResult<object?>(
            FieldRead.Items(BreakerEndpoints.ListTypes(field.Service<PlanCatalogue>(), field.Service<SagaBreakers>()))
        );

    public static async Task<object?> Plans(FieldRead field) =>
        FieldRead.Items(await PlansEndpoints.List(field.Http, field.Service<SagaPlans>(), field.Cancelled));

    public static async Task<object?> Plan(FieldRead field) =>
        FieldRead.ValueOrNone(
            await PlansEndpoints.Get(
                field.Text("type")!,
                int.Parse(field.Text("version")!, CultureInfo.InvariantCulture),
                field.Http,
                field.Service<SagaPlans>(),
                field.Cancelled
            )
        );

    public static async Task<object?> Participants(FieldRead field) =>
        FieldRead.Items(
            await ListParticipantsEndpoint.List(
                field.Service<SagaBreakers>(),
                field.Service<SagaStatistics>(),
                field.Service<TimeProvider>(),
                field.Text("from"),
                field.Text("before"),
                field.Cancelled
            )
        );

    public static async Task<object?> Failures(FieldRead field) =>
        FieldRead.Items(
            await FailuresEndpoint.Read(
                field.Http,
                field.Service<SagaSearch>(),
                field.Service<TimeProvider>(),
                field.Text("type"),
                field.Text("from"),
                field.Text("before"),
                field.Text("limit"),
                field.Cancelled
            )
        );

    public static async Task<object?> Statistics(FieldRead field) =>
        FieldRead.Value(
            await StatisticsEndpoint.Read(
                field.Service<SagaStatistics>(),
                field.Service<TimeProvider>(),
                field.Text("type"),
                field.Text("from"),
                field.Text("before"),
                field.Text("by"),
                field.Cancelled
            )
        );

    public static async Task<object?> Alarms(FieldRead field) =>
        FieldRead.Items(await AlarmsEndpoint.List(field.Service<SagaAlarms>(), field.Text("state"), field.Text("limit"), field.Cancelled));

    public static async Task<object?> Outcomes(FieldRead field) =>
        FieldRead.Value(
            await OutcomesEndpoint.Read(
                field.Http,
                field.Service<SagaFeeds>(),
                field.Text("after"),
                field.Text("type"),
                field.Text("limit"),
                wait: null,
                field.Cancelled
            )
        );

    public static async Task<object?> Timers(FieldRead field) =>
        FieldRead.Value(
            await TimersEndpoint.Read(
                field.Http,
                field.Service<SagaTimers>(),
                field.Service<TimeProvider>(),
                field.Text("type"),
                field.Text("before"),
                field.Text("limit"),
                field.Cancelled
            )
        );
}
