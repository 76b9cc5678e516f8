namespace SagaOrchestrator.Messaging.Postgres.Retention;

/// <summary>How long rows of one kind are kept, and how a batch of older ones is deleted (rule S31).</summary>
/// <param name="What">The rows, for the log.</param>
/// <param name="Age">How long they are kept.</param>
/// <param name="Sql">Deletes at most <c>$2</c> rows that are older than the interval <c>$1</c>, and returns or affects how many.</param>
public sealed record RetentionRule(string What, TimeSpan Age, string Sql)
{
    /// <summary>The ids of handled messages. Kept longer than the broker or an outbox can hold a copy.</summary>
    public static RetentionRule Inbox(string schema, TimeSpan age) =>
        new(
            "inbox rows",
            age,
            $"""
            delete from {schema}.inbox where message_id in (
                select message_id from {schema}.inbox where received_at < now() - $1 limit $2 for update skip locked)
            """
        );
}
