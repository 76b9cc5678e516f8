namespace SagaOrchestrator.Chaos.Running;

/// <summary>One outage of one participant, under an even load.</summary>
/// <param name="Seconds">How long it is away.</param>
/// <param name="Rate">How many orders are started in a second.</param>
/// <param name="Participant">Which.</param>
/// <param name="IsSilent">Whether something is connected in its place that answers nothing.</param>
internal sealed record OutageOptions(double Seconds, double Rate, string Participant, bool IsSilent)
{
    /// <summary>Before it and after it.</summary>
    public static readonly TimeSpan Around = TimeSpan.FromSeconds(10);

    public TimeSpan Length => TimeSpan.FromSeconds(Seconds);

    public TimeSpan Whole => Length + (Around * 2);

    public int Orders => (int)(Rate * Whole.TotalSeconds);
}
