namespace SagaOrchestrator.Engine.Alarms;

/// <summary>Where alarms are kept.</summary>
internal interface IAlarms
{
    /// <summary>Raises what is new, keeps what is known, and clears what is gone.</summary>
    /// <returns>What has changed: raised, escalated or cleared.</returns>
    Task<IReadOnlyList<AlarmChange>> Update(IReadOnlyList<AlarmCause> causes, CancellationToken cancellationToken);

    /// <summary>How long ago <see cref="Update"/> was called last, on the database's clock; null when it never was.</summary>
    Task<TimeSpan?> SinceLastLook(CancellationToken cancellationToken);

    /// <summary>Writes down what a node sees now, and nothing else.</summary>
    Task See(Guid node, IReadOnlyList<AlarmCause> causes, CancellationToken cancellationToken);

    /// <summary>What nodes see that have said so lately, each thing once.</summary>
    Task<IReadOnlyList<AlarmCause>> Sights(CancellationToken cancellationToken);

    /// <summary>Alarms, the newest first.</summary>
    Task<IReadOnlyList<Alarm>> Read(bool isStanding, int limit, CancellationToken cancellationToken);
}

/// <summary>What became of an alarm.</summary>
/// <param name="Position">Counts what became of alarms, in the order of commits.</param>
/// <param name="What">raised, escalated or cleared.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Detail">What it says.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="At">When this happened.</param>
internal sealed record AlarmChange(
    long Position,
    string What,
    string Kind,
    string Subject,
    string Detail,
    DateTimeOffset RaisedAt,
    DateTimeOffset At
);
