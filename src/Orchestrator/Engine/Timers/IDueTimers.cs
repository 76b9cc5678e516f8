namespace SagaOrchestrator.Engine.Timers;

/// <summary>Finds sagas whose <c>wake_at</c> has passed, on the store's clock (rule S35).</summary>
internal interface IDueTimers
{
    /// <summary>
    /// Takes timers that have been due for so long. One that comes to nothing is due again half a minute later (rule S26).
    /// </summary>
    Task<IReadOnlyList<DueTimer>> Claim(int limit, TimeSpan overdueBy, CancellationToken cancellationToken);

    /// <summary>Makes a timer due again at once, because it could not be handed to its saga.</summary>
    Task Release(Guid sagaId, CancellationToken cancellationToken);

    /// <summary>How long until the next timer is due; null when none is armed.</summary>
    Task<TimeSpan?> UntilNext(CancellationToken cancellationToken);
}

/// <summary>A timer that is due.</summary>
internal sealed record DueTimer(Guid SagaId, string SagaType, string Timer, string? TraceParent, bool IsDaysLater);
