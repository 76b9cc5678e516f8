using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Engine.Breakers;

/// <summary>One participant: what is seen of it, what an operator has set, and what the decider is told.</summary>
internal sealed class ParticipantBreaker(string name, BreakerOptions options)
{
    private readonly AutomaticBreaker automatic = new(options);
    private volatile BreakerStatus status = new(name, BreakerState.Closed, null, null, null, null);
    private volatile Absence? absence;
    private volatile Absence? probed;
    private BreakerSetting? setting;
    private int probesLeft;

    public ParticipantActivity Activity { get; } = new();

    /// <summary>How it stands.</summary>
    public BreakerStatus Status => status;

    /// <summary>What the decider is told.</summary>
    public Absence? Absence => absence is { } now && probed is { } probe && Volatile.Read(ref probesLeft) > 0 ? probe : absence;

    /// <summary>A step has tried whether the participant is back.</summary>
    public void Probed() => Interlocked.Decrement(ref probesLeft);

    /// <summary>Looks once more, on one thread.</summary>
    /// <returns>Whether the breaker's state, or the reason for it, is another one now.</returns>
    public bool Look(DateTimeOffset now, QueueCounts? queue, BreakerSetting? set)
    {
        var before = automatic.State;
        if (options.Automatic && automatic.Look(now, queue, Activity.Answers, Activity.Silent))
        {
            Turned(before);
        }

        setting = set is { State: BreakerSetting.Automatic } ? null : set;
        var (state, since, reason) = setting switch
        {
            { State: BreakerSetting.Open } => (BreakerState.Open, setting.At, $"Stopped by {setting.By}: {setting.Reason}"),
            { } => (BreakerState.Closed, setting.At, $"Held closed by {setting.By}: {setting.Reason}"),
            _ => (automatic.State, automatic.Since, automatic.Reason),
        };
        var isNew = (status.State, status.Reason) != (state, reason);
        status = new BreakerStatus(name, state, since, reason, queue, setting);
        if (isNew)
        {
            Tell(state, since ?? now, reason ?? string.Empty);
        }

        return isNew;
    }

    private void Turned(BreakerState before)
    {
        Volatile.Write(ref probesLeft, automatic.State == BreakerState.HalfOpen ? options.Probes : 0);
        if (automatic.State == BreakerState.Closed || before == BreakerState.Closed)
        {
            Activity.Forget();
        }
    }

    private void Tell(BreakerState state, DateTimeOffset since, string reason)
    {
        var kind =
            setting is { State: BreakerSetting.Open } ? AbsenceKind.Stopped
            : automatic.IsSilent ? AbsenceKind.Silent
            : AbsenceKind.Away;
        probed = state == BreakerState.HalfOpen ? new Absence(AbsenceKind.Probed, since, reason) : null;
        absence = state == BreakerState.Closed ? null : new Absence(kind, since, reason);
    }
}

/// <summary>How the breaker of a participant stands.</summary>
/// <param name="Participant">Which one.</param>
/// <param name="State">What its breaker does.</param>
/// <param name="Since">Since when; null when it has never been anything else.</param>
/// <param name="Reason">Why; null when it is closed by itself.</param>
/// <param name="Queue">What the broker says of its queue; null when it says nothing.</param>
/// <param name="Setting">What an operator has set; null when it is automatic.</param>
public sealed record BreakerStatus(
    string Participant,
    BreakerState State,
    DateTimeOffset? Since,
    string? Reason,
    QueueCounts? Queue,
    BreakerSetting? Setting
);
