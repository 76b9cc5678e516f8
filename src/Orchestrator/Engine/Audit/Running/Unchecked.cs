namespace SagaOrchestrator.Engine.Audit.Running;

/// <summary>What a run could not check of the sagas that it looked at. Findings of these kinds stand on: nobody knows better.</summary>
internal sealed class Unchecked
{
    private static readonly string[] ByPlan = [FindingKinds.UndoingContradicts, FindingKinds.CommandLost, FindingKinds.FenceDisagrees];

    private static readonly string[] BySummary = [FindingKinds.SummaryMissing, FindingKinds.SummaryBehind];

    private static readonly string[] ByDocument =
    [
        .. ByPlan,
        .. BySummary,
        FindingKinds.TimerMissing,
        FindingKinds.TimerWrong,
        FindingKinds.TimerUnseen,
        FindingKinds.TimerOverdue,
        FindingKinds.WaitWithoutTimer,
        FindingKinds.BeginLost,
        FindingKinds.StandsStill,
        FindingKinds.StateContradicts,
        FindingKinds.EndContradicts,
        FindingKinds.HistoryGap,
    ];

    private readonly HashSet<(string Kind, string Subject)> pairs = [];

    /// <summary>Kinds, each with the subject of which it was not checked.</summary>
    public IReadOnlyCollection<(string Kind, string Subject)> Pairs => pairs;

    /// <summary>The saga's document cannot be read.</summary>
    public void WithoutDocument(Guid saga) => Add(saga, ByDocument);

    /// <summary>This node does not know the saga's plan.</summary>
    public void WithoutPlan(Guid saga) => Add(saga, ByPlan);

    /// <summary>Summaries are late, so that one may be on its way.</summary>
    public void WithoutSummary(Guid saga) => Add(saga, BySummary);

    /// <summary>The participant's fence cannot be read, nothing is expected of it, or it has too many commands to look at each.</summary>
    public void Command(Guid saga) => Add(saga, FindingKinds.CommandLost);

    /// <summary>The participant's fence cannot be read.</summary>
    public void Fence(Guid saga) => Add(saga, FindingKinds.FenceDisagrees);

    private void Add(Guid saga, params ReadOnlySpan<string> kinds)
    {
        foreach (var kind in kinds)
        {
            pairs.Add((kind, saga.ToString()));
        }
    }
}
