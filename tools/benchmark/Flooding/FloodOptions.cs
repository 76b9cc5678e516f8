namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>What comes, how much of it, and beside what.</summary>
/// <param name="Kinds">Which floods, one after another.</param>
/// <param name="Messages">How many messages each has.</param>
/// <param name="PerSecond">How many healthy sagas are started a second.</param>
/// <param name="WarmUp">How many sagas before.</param>
/// <param name="InFlight">How many of these are under way at most.</param>
/// <param name="CalmSeconds">How long the calm is that floods are compared with.</param>
/// <param name="BetweenSeconds">How long the calm between two floods is.</param>
/// <param name="AwaySeconds">How long what a flood waits for stays away once all its messages have been tried.</param>
internal sealed record FloodOptions(
    IReadOnlyList<string> Kinds,
    int Messages,
    int PerSecond,
    int WarmUp,
    int InFlight,
    int CalmSeconds,
    int BetweenSeconds,
    int AwaySeconds
)
{
    /// <summary>What healthy sagas may take beside a flood, in times of the calm.</summary>
    public const double MostTimesCalm = 2;

    /// <summary>How many messages are for one saga, in the floods that are for sagas.</summary>
    public const int MessagesOfSaga = 10;

    /// <summary>How many sagas the floods need.</summary>
    public int Sagas => (Messages + MessagesOfSaga - 1) / MessagesOfSaga;
}
