using Npgsql;
using SagaOrchestrator.Engine.Webhooks;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Reads rows of deliveries, whose columns are <see cref="WebhookSql.DeliveryColumns"/>.</summary>
internal static class DeliveryRow
{
    public static async Task<List<WebhookDelivery>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        return await command.Rows(row => Of(row), cancellationToken);
    }

    private static WebhookDelivery Of(NpgsqlDataReader row)
    {
        return new WebhookDelivery
        {
            Number = row.GetInt64(0),
            Event = Enum.Parse<WebhookEvent>(row.GetString(1)),
            SagaId = row.IsDBNull(2) ? null : row.GetGuid(2),
            Body = row.GetString(3),
            OccurredAt = row.GetFieldValue<DateTimeOffset>(4),
            State = Enum.Parse<DeliveryState>(row.GetString(5)),
            IsApart = row.GetBoolean(6),
            Attempts = row.GetInt32(7),
            DueAt = row.GetFieldValue<DateTimeOffset>(8),
            GiveUpAt = row.GetFieldValue<DateTimeOffset>(9),
            AttemptedAt = row.TimeOrNull(10),
            Status = row.IsDBNull(11) ? null : row.GetInt32(11),
            Problem = row.TextOrNull(12),
            EndedAt = row.TimeOrNull(13),
        };
    }
}
