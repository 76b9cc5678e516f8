using System.ComponentModel.DataAnnotations;
using SagaOrchestrator.Messaging.Postgres.Retention;

namespace SagaOrchestrator.Participants.Fencing;

/// <summary>How long a participant keeps what (rule S31). Bound from the configuration section <c>Retention</c>.</summary>
public sealed record ParticipantRetention
{
    /// <summary>How often to clean up.</summary>
    [Range(typeof(TimeSpan), "1s", "30d")]
    public TimeSpan Every { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Ids of handled messages.</summary>
    [Range(typeof(TimeSpan), "1d", "3650d")]
    public TimeSpan Inbox { get; init; } = TimeSpan.FromDays(14);

    /// <summary>
    /// What was done and undone, tombstones included, counted from the last change. Longer than sagas are kept and than dead letters are
    /// moved back: a copy of a command that comes later would be executed as if it were the first (rule S8).
    /// </summary>
    [Range(typeof(TimeSpan), "1d", "36500d")]
    public TimeSpan Fences { get; init; } = TimeSpan.FromDays(180);

    /// <summary>
    /// What was done and not undone. Far longer, because a saga that is still parked then would find nothing to undo.
    /// </summary>
    [Range(typeof(TimeSpan), "1d", "36500d")]
    public TimeSpan DoneFences { get; init; } = TimeSpan.FromDays(730);

    /// <summary>The rules for a participant's schema.</summary>
    public IReadOnlyList<RetentionRule> Rules(string schema) =>
        [
            RetentionRule.Inbox(schema, Inbox),
            Rows(schema, Fences, "do_state in ('none', 'rejected') or undo_state = 'completed'"),
            Rows(schema, DoneFences, "do_state in ('begun', 'completed')"),
        ];

    private static RetentionRule Rows(string schema, TimeSpan age, string which) =>
        new(
            "fence rows",
            age,
            $"""
            delete from {schema}.fence where (saga_id, step) in (
                select saga_id, step from {schema}.fence where changed_at < now() - $1 and ({which}) limit $2 for update skip locked)
            """
        );
}
