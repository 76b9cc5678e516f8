namespace SagaOrchestrator.Engine.Search;

/// <summary>Tells what a query asks for.</summary>
internal static class QueryScope
{
    private static readonly SagaQuery Everything = new();

    /// <summary>Whether the counts alone can answer how many.</summary>
    public static bool AsksForStatesOnly(this SagaQuery query) =>
        query with
        {
            Types = Everything.Types,
            States = Everything.States,
            PlanVersion = null,
            Sort = default,
            OldestFirst = false,
            Steps = query.Steps.Count == 0 ? Everything.Steps : query.Steps,
            Participants = query.Participants.Count == 0 ? Everything.Participants : query.Participants,
            WaitsFor = query.WaitsFor.Count == 0 ? Everything.WaitsFor : query.WaitsFor,
            ErrorSteps = query.ErrorSteps.Count == 0 ? Everything.ErrorSteps : query.ErrorSteps,
            ErrorCodes = query.ErrorCodes.Count == 0 ? Everything.ErrorCodes : query.ErrorCodes,
            StuckCodes = query.StuckCodes.Count == 0 ? Everything.StuckCodes : query.StuckCodes,
            Verdicts = query.Verdicts.Count == 0 ? Everything.Verdicts : query.Verdicts,
            Columns = query.Columns.Count == 0 ? Everything.Columns : query.Columns,
        } == Everything
        && query.Sort is SagaSort.Started or SagaSort.Updated;

    /// <summary>Whether a count belongs to what is asked for.</summary>
    public static bool Counts(this SagaQuery query, SagaCount count) =>
        (query.Types.Count == 0 || query.Types.Contains(count.Type))
        && (query.States.Count == 0 || query.States.Contains(count.State))
        && (query.PlanVersion is null || query.PlanVersion == count.PlanVersion);
}
