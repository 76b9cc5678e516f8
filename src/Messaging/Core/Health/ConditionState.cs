namespace SagaOrchestrator.Messaging.Health;

/// <summary>What is known of one condition. Pure.</summary>
internal sealed class ConditionState(string name)
{
    private TimeSpan began;
    private string? seen;
    private int looks;
    private bool wasWell;

    public string Name => name;

    /// <summary>What was told, and is not over.</summary>
    public Trouble? Told { get; private set; }

    /// <summary>Whether something was found that is not certain enough to be told.</summary>
    public bool IsSuspected => Told is null && looks > 0;

    /// <summary>Takes in what a look found.</summary>
    /// <param name="found">The trouble; null when there was none.</param>
    /// <param name="now">The time since the watch began.</param>
    /// <returns>What is to be told.</returns>
    public Change? Take(Trouble? found, TimeSpan now)
    {
        if (found is null)
        {
            (seen, looks, wasWell) = (null, 0, true);
            var over = Told;
            Told = null;
            return over is null ? null : new Change(over, IsOver: true, now - began);
        }

        if (Told?.Kind == found.Kind)
        {
            Told = found;
            return null;
        }

        (seen, looks) = (found.Kind, found.Kind == seen ? looks + 1 : 1);
        // A node that never could work has no good moment to wait for: it must not be called ready meanwhile.
        var isPatient = wasWell || !found.StopsWork;
        if (isPatient && looks < found.Looks)
        {
            return null;
        }

        began = Told is null ? now : began;
        Told = found;
        return new Change(found, IsOver: false, TimeSpan.Zero);
    }

    /// <summary>Something to be told once.</summary>
    internal sealed record Change(Trouble Trouble, bool IsOver, TimeSpan Lasted);
}
