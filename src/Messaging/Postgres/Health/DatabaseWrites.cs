using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SagaOrchestrator.Messaging.Health;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Messaging.Postgres.Health;

/// <summary>Writes a row of its own and sees whether, and how soon, it is committed.</summary>
internal sealed class DatabaseWrites(NpgsqlDataSource database, string schema) : ConditionCheck("postgres")
{
    private const string StandsStill = "No saga is started or moved on; messages wait in their queues.";

    /// <summary>From here on a commit is slow.</summary>
    public static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(1);

    public override async Task<IReadOnlyList<Trouble>> Look(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await using var command = database.Command($"update {schema}.write_probe set written_at = now()");
        await command.ExecuteNonQueryAsync(cancellationToken);
        var took = Stopwatch.GetElapsedTime(began);
        return took < SlowAfter
            ? []
            :
            [
                new Trouble(
                    "postgres",
                    "slow",
                    string.Create(CultureInfo.InvariantCulture, $"Postgres took {took.TotalSeconds:0.0} seconds to commit a small write."),
                    "Every step of every saga waits for such a commit.",
                    "Look at the load of its disk and processor, at long locks, and at a synchronous standby."
                )
                {
                    Looks = 2,
                },
            ];
    }

    public override Trouble Explain(Exception failure) =>
        failure switch
        {
            OperationCanceledException or TimeoutException => Stops(
                "hanging",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Postgres did not commit a small write within {Deadline.TotalSeconds:0} seconds."
                ),
                "Look at the line to it, the load of its disk, long locks, and a synchronous standby that is away."
            ) with
            {
                Looks = 2,
            },
            PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => Stops(
                "read-only",
                "Postgres refuses writes: it is read-only.",
                "See whether the server is a standby, or default_transaction_read_only is on; connect to the primary."
            ),
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => Stops(
                "disk-full",
                "Postgres refuses writes: its disk is full.",
                "Free space on its disk, or give it a larger one."
            ),
            PostgresException { SqlState: var state } refusal when !IsAway(state) => Stops(
                "refused",
                $"Postgres refuses a small write with SQLSTATE {state}: {refusal.MessageText}.",
                "Look into Postgres's log, and at the rights of the service's role."
            ),
            _ => Stops(
                "unreachable",
                $"Postgres does not answer: {failure.Message}.",
                "See that it is up, and that the connection string is right."
            ) with
            {
                Looks = 2,
            },
        };

    private static Trouble Stops(string kind, string cause, string nextMove) =>
        new("postgres", kind, cause, StandsStill, nextMove) { StopsWork = true };

    // Connection failures, shutdowns and starts, a database that takes no connections.
    private static bool IsAway(string state) =>
        state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal)
        || state.StartsWith("28", StringComparison.Ordinal)
        || state
            is PostgresErrorCodes.ObjectNotInPrerequisiteState
                or PostgresErrorCodes.TooManyConnections
                or PostgresErrorCodes.InvalidCatalogName;
}
