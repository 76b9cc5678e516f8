using System.ComponentModel.DataAnnotations;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Sagas;

namespace SagaOrchestrator.Engine.Deciding;

/// <summary>
/// Keeps a participant from being stormed when thousands of sagas compensate at once: the others wait for their turn (rule S36).
/// The bound is over all replicas, and approximate: those that start in the same moment do not see one another.
/// </summary>
internal sealed class CompensationGate(ISagaStore store, CompensationOptions options)
{
    /// <summary>Whether what was decided would send a compensation to a participant that has enough of them.</summary>
    public async Task<bool> IsClosed(Decided decided)
    {
        var participant = decided
            .Decisions.OfType<SendCommand>()
            .FirstOrDefault(command => command.Direction == Direction.Undo)
            ?.Participant;
        var most = Math.Max(1, options.InFlightPerParticipant);
        return participant is not null && await store.CountUndoing(participant, most, CancellationToken.None) >= most;
    }
}

/// <summary>Bound from the configuration section <c>Compensation</c>.</summary>
public sealed record CompensationOptions
{
    /// <summary>How many compensations each participant has in flight at most, over all sagas; at least one.</summary>
    [Range(1, 1_000_000)]
    public int InFlightPerParticipant { get; init; } = 200;
}
