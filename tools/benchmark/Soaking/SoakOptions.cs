namespace SagaOrchestrator.Benchmarks.Soaking;

/// <summary>How long, and how much.</summary>
/// <param name="Minutes">How long sagas are started.</param>
/// <param name="Rate">Sagas a second; null for a share of what a burst reaches.</param>
/// <param name="Every">Seconds between two samples.</param>
/// <param name="Sagas">How many sagas in that burst.</param>
/// <param name="WarmUp">How many before.</param>
/// <param name="InFlight">How many are under way in it at most.</param>
internal sealed record SoakOptions(double Minutes, int? Rate, int Every, int Sagas, int WarmUp, int InFlight)
{
    /// <summary>Of the capacity.</summary>
    public const double Share = 0.7;

    public int Samples => (int)(Minutes * 60 / Every);
}
