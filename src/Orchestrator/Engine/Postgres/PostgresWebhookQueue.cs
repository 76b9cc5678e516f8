using System.Data;
using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Engine.Webhooks.Running;
using SagaOrchestrator.Engine.Webhooks.Sending;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Webhooks in Postgres, as they are delivered.</summary>
internal sealed class PostgresWebhookQueue(NpgsqlDataSource database, OrchestratorNames names, WebhookOptions options) : IWebhookQueue
{
    private const int Most = 500;

    // Longer than an attempt takes.
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(5);

    private readonly TimeSpan lease = options.Timeout + Around;
    private readonly WebhookQueueSql sql = new(names.Schema);

    public async Task<ClaimedWebhook?> Claim(Guid node, CancellationToken cancellationToken)
    {
        await using var command = Command(sql.Claim, node, lease);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new ClaimedWebhook(
                row.GetGuid(0),
                row.GetInt32(1),
                row.GetString(2),
                row.GetFieldValue<string[]>(3),
                [.. row.GetFieldValue<string[]>(4).Select(Enum.Parse<WebhookOutcome>)],
                row.GetBoolean(5),
                row.GetString(6) == nameof(WebhookState.Enabled),
                row.GetInt64(7),
                row.GetInt64(8)
            )
            : null;
    }

    public async Task Release(Guid webhook, Guid node, CancellationToken cancellationToken)
    {
        await using var command = Command(sql.Release, webhook, node);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<Happenings> Read(ClaimedWebhook webhook, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Outcomes and parkings share positions, so both must be seen at the same moment.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var outcomes = await Page(connection, sql.Outcomes, webhook.SagaPosition, HappeningRow.Outcome, cancellationToken);
        var parkings = await Page(connection, sql.Parkings, webhook.SagaPosition, HappeningRow.Parking, cancellationToken);
        var alarms = await Page(connection, sql.Alarms, webhook.AlarmPosition, HappeningRow.Alarm, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        // Of what fills its page there may be more, so the other is read no further.
        long[] ends =
        [
            outcomes.Count == Most ? outcomes[^1].Position : long.MaxValue,
            parkings.Count == Most ? parkings[^1].Position : long.MaxValue,
        ];
        var end = ends.Min();
        var (ended, parked) = (outcomes.Where(one => one.Position <= end), parkings.Where(one => one.Position <= end));
        return new Happenings(
            [.. ended],
            [.. parked],
            alarms,
            ended.Select(one => one.Position).Concat(parked.Select(one => one.Position)).Append(webhook.SagaPosition).Max(),
            alarms.Select(one => one.Position).Append(webhook.AlarmPosition).Max()
        );
    }

    public async Task<bool> Write(
        ClaimedWebhook webhook,
        Guid node,
        Happenings happenings,
        IReadOnlyList<NewDelivery> deliveries,
        CancellationToken cancellationToken
    )
    {
        await using var command = Command(sql.Write, webhook.Id, node, webhook.Version, happenings.SagaPosition, happenings.AlarmPosition);
        command.Parameters.Add(SqlValue.Array(deliveries.Select(one => one.Event.ToString()).ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(SqlValue.Array(deliveries.Select(one => one.SagaId).ToArray(), NpgsqlDbType.Uuid));
        command.Parameters.Add(SqlValue.Array(deliveries.Select(one => one.Body).ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(SqlValue.Array(deliveries.Select(one => one.OccurredAt).ToArray(), NpgsqlDbType.TimestampTz));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.GiveUpAfter });
        return (int)(await command.ExecuteScalarAsync(cancellationToken))! == 1;
    }

    public async Task<DueDeliveries> Next(ClaimedWebhook webhook, CancellationToken cancellationToken)
    {
        await using var apart = Command(sql.Apart, webhook.Id);
        await using var inOrder = Command(sql.InOrder, webhook.Id, webhook.IsEnabled);
        await using var waiting = Command(sql.IsWaiting, webhook.Id);
        await using var secrets = Command(sql.Secrets, webhook.Id);
        var (asked, due) = (await DeliveryRow.Read(apart, cancellationToken), await DeliveryRow.Read(inOrder, cancellationToken));
        return asked.Count + due.Count == 0
            ? new DueDeliveries([], [], (bool)(await waiting.ExecuteScalarAsync(cancellationToken))!, [])
            : new DueDeliveries(asked, due, IsWaiting: false, await Rows(secrets, row => row.GetFieldValue<byte[]>(0), cancellationToken));
    }

    public async Task<Noted> Note(
        ClaimedWebhook webhook,
        Guid node,
        WebhookDelivery delivery,
        Attempt attempt,
        TimeSpan pause,
        CancellationToken cancellationToken
    )
    {
        await using var command = Command(
            attempt.IsTaken ? sql.NoteTaken : sql.NoteNotTaken,
            webhook.Id,
            node,
            webhook.Version,
            delivery.Number
        );
        command.Parameters.Add(
            new NpgsqlParameter { Value = (object?)attempt.Status ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer }
        );
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        if (!attempt.IsTaken)
        {
            command.Parameters.Add(SqlValue.Text(attempt.Problem));
            command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = pause });
            command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = attempt.IsGone });
            command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = delivery.IsApart });
        }

        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new Noted(row.GetBoolean(0), row.IsDBNull(1) ? null : Enum.Parse<DeliveryState>(row.GetString(1)))
            : new Noted(IsHeld: false, State: null);
    }

    public async Task<IReadOnlyList<FailingWebhook>> Failing(TimeSpan since, CancellationToken cancellationToken)
    {
        await using var command = Command(sql.Failing, since);
        return await Rows(
            command,
            row => new FailingWebhook(
                row.GetGuid(0),
                new Uri(row.GetString(1)).Host,
                Enum.Parse<WebhookState>(row.GetString(2)),
                row.GetFieldValue<DateTimeOffset>(3),
                row.GetInt32(4),
                row.TextOrNull(5)
            ),
            cancellationToken
        );
    }

    public async Task<IReadOnlyDictionary<Guid, TimeSpan>> Lags(CancellationToken cancellationToken)
    {
        await using var command = Command(sql.Lags);
        var lags = await Rows(
            command,
            row => (Id: row.GetGuid(0), Lag: TimeSpan.FromSeconds(Math.Max(0, row.GetDouble(1)))),
            cancellationToken
        );
        return lags.ToDictionary(lag => lag.Id, lag => lag.Lag);
    }

    private NpgsqlCommand Command(string text, params ReadOnlySpan<object> parameters)
    {
        var command = database.CreateCommand(text);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return command;
    }

    private static async Task<IReadOnlyList<T>> Rows<T>(
        NpgsqlCommand command,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        return await command.Rows(row => read(row), cancellationToken);
    }

    private static async Task<IReadOnlyList<T>> Page<T>(
        NpgsqlConnection connection,
        string text,
        long after,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(text, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Most });
        return await Rows(command, read, cancellationToken);
    }
}
