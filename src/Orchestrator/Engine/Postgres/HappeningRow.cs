using Npgsql;
using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Engine.Feeds;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Engine.Webhooks.Running;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Reads rows of what webhooks are told of, in the order of the columns in <see cref="WebhookQueueSql"/>.</summary>
internal static class HappeningRow
{
    public static SagaOutcome Outcome(NpgsqlDataReader row) =>
        new()
        {
            Position = row.GetInt64(0),
            SagaId = row.GetGuid(1),
            Type = row.GetString(2),
            BusinessKey = row.GetString(3),
            State = row.GetString(4),
            Verdict = row.TextOrNull(5),
            StartedAt = Time(row, 6),
            EndedAt = Time(row, 7),
            ErrorStep = row.TextOrNull(8),
            ErrorCode = row.TextOrNull(9),
            ErrorReason = row.TextOrNull(10),
            Columns = row.GetString(11),
        };

    public static SagaParking Parking(NpgsqlDataReader row) =>
        new()
        {
            Position = row.GetInt64(0),
            SagaId = row.GetGuid(1),
            Type = row.GetString(2),
            BusinessKey = row.GetString(3),
            StartedAt = Time(row, 4),
            ParkedAt = Time(row, 5),
            Step = row.TextOrNull(6),
            Code = row.TextOrNull(7),
            Reason = row.TextOrNull(8),
            Columns = row.GetString(9),
        };

    public static AlarmEvent Alarm(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            Enum.Parse<WebhookEvent>(row.GetString(1)),
            Time(row, 2),
            new Alarm(
                row.GetString(3),
                row.GetString(4),
                row.GetString(5),
                Time(row, 6),
                Enum.Parse<AlarmLevel>(row.GetString(7)),
                row.TimeOrNull(8)
            )
        );

    private static DateTimeOffset Time(NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);
}
