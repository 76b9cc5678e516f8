using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Engine.Webhooks.Running;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Webhooks in Postgres, as they are registered and read.</summary>
internal sealed class PostgresWebhooks(NpgsqlDataSource database, OrchestratorNames names, WebhookOptions options) : IWebhooks
{
    private readonly WebhookSql sql = new(names.Schema);

    public async Task<Webhook?> Create(WebhookSettings settings, byte[] secret, OperatorNote note, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await using var alone = new NpgsqlCommand(sql.Lock, connection);
            await alone.ExecuteNonQueryAsync(cancellationToken);
            await using var command = new NpgsqlCommand(sql.Create, connection);
            Add(command, id, settings);
            Add(command, note);
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = secret });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = options.Most });
            if (await command.ExecuteScalarAsync(cancellationToken) is null)
            {
                return null;
            }

            await transaction.CommitAsync(cancellationToken);
        }

        return await Find(id, cancellationToken);
    }

    public async Task<Webhook?> Change(Guid id, WebhookSettings settings, OperatorNote note, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql.Change);
        Add(command, id, settings);
        Add(command, note);
        return await command.ExecuteScalarAsync(cancellationToken) is null ? null : await Find(id, cancellationToken);
    }

    public async Task<bool> Delete(Guid id, OperatorNote note, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql.Delete);
        command.Parameters.Add(SqlValue.Id(id));
        Add(command, note);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    public async Task<Webhook?> Rotate(Guid id, byte[] secret, TimeSpan overlap, OperatorNote note, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var alone = new NpgsqlCommand(sql.Hold, connection, transaction);
        alone.Parameters.Add(SqlValue.Id(id));
        await alone.ExecuteNonQueryAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql.Rotate, connection, transaction);
        command.Parameters.Add(SqlValue.Id(id));
        Add(command, note);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = secret });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = overlap });
        var isThere = await command.ExecuteScalarAsync(cancellationToken) is not null;
        await transaction.CommitAsync(cancellationToken);
        return isThere ? await Find(id, cancellationToken) : null;
    }

    public async Task<Webhook?> Find(Guid id, CancellationToken cancellationToken) => (await Read(id, cancellationToken)).FirstOrDefault();

    public async Task<IReadOnlyList<Webhook>> List(CancellationToken cancellationToken) => await Read(null, cancellationToken);

    public async Task<IReadOnlyList<WebhookDelivery>> Deliveries(
        Guid id,
        DeliveryState? state,
        long? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(sql.Deliveries);
        command.Parameters.Add(SqlValue.Id(id));
        command.Parameters.Add(SqlValue.Text(state?.ToString()));
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await DeliveryRow.Read(command, cancellationToken);
    }

    public Task<WebhookDelivery?> Delivery(Guid id, long number, CancellationToken cancellationToken) =>
        One(sql.Delivery, id, number, null, [], cancellationToken);

    public Task<WebhookDelivery?> Redeliver(Guid id, long number, OperatorNote note, CancellationToken cancellationToken) =>
        One(sql.Redeliver, id, number, note, [new NpgsqlParameter<TimeSpan> { TypedValue = options.GiveUpAfter }], cancellationToken);

    public async Task<int?> Count(Guid id, DeliveryState state, DeliveryFilter filter, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql.CountMany);
        Add(command, id, filter);
        command.Parameters.Add(SqlValue.Text(state.ToString()));
        return await command.ExecuteScalarAsync(cancellationToken) is int count ? count : null;
    }

    public Task<ChangedDeliveries?> RedeliverMany(Guid id, DeliveryFilter filter, OperatorNote note, CancellationToken cancellationToken) =>
        Many(sql.RedeliverMany, id, filter, note, [new NpgsqlParameter<TimeSpan> { TypedValue = options.GiveUpAfter }], cancellationToken);

    public Task<ChangedDeliveries?> GiveUpMany(Guid id, DeliveryFilter filter, OperatorNote note, CancellationToken cancellationToken) =>
        Many(sql.GiveUpMany, id, filter, note, [], cancellationToken);

    public Task<WebhookDelivery?> Ping(Guid id, OperatorNote note, CancellationToken cancellationToken) =>
        One(sql.Ping, id, null, note, [SqlValue.Text(EventBody.Ping(id))], cancellationToken);

    private async Task<ChangedDeliveries?> Many(
        string text,
        Guid id,
        DeliveryFilter filter,
        OperatorNote note,
        IReadOnlyList<NpgsqlParameter> more,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(text);
        Add(command, id, filter);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = filter.Limit });
        Add(command, note);
        foreach (var parameter in more)
        {
            command.Parameters.Add(parameter);
        }

        var changed = await command.Rows(row => new ChangedDeliveries(row.GetInt32(0), row.GetInt32(1)), cancellationToken);
        return changed.FirstOrDefault();
    }

    private static void Add(NpgsqlCommand command, Guid id, DeliveryFilter filter)
    {
        command.Parameters.Add(SqlValue.Id(id));
        command.Parameters.Add(SqlValue.Time(filter.Since));
        command.Parameters.Add(SqlValue.Time(filter.Before));
        command.Parameters.Add(SqlValue.Text(filter.Cause));
    }

    private async Task<WebhookDelivery?> One(
        string text,
        Guid id,
        long? number,
        OperatorNote? note,
        IReadOnlyList<NpgsqlParameter> more,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(text);
        command.Parameters.Add(SqlValue.Id(id));
        if (number is { } known)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = known });
        }

        if (note is not null)
        {
            Add(command, note);
        }

        foreach (var parameter in more)
        {
            command.Parameters.Add(parameter);
        }

        return (await DeliveryRow.Read(command, cancellationToken)).FirstOrDefault();
    }

    private static void Add(NpgsqlCommand command, Guid id, WebhookSettings settings)
    {
        command.Parameters.Add(SqlValue.Id(id));
        command.Parameters.Add(SqlValue.Text(settings.Url));
        command.Parameters.Add(SqlValue.Text(settings.Description));
        command.Parameters.Add(SqlValue.Array(settings.Types.ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(SqlValue.Array(settings.Outcomes.Select(outcome => outcome.ToString()).ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = settings.Alarms });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = settings.IsEnabled });
    }

    private static void Add(NpgsqlCommand command, OperatorNote note)
    {
        command.Parameters.Add(SqlValue.Text(note.Who));
        command.Parameters.Add(SqlValue.Text(note.Why));
        command.Parameters.Add(SqlValue.Text(note.Origin));
    }

    private async Task<List<Webhook>> Read(Guid? id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql.Read);
        command.Parameters.Add(SqlValue.Id(id));
        return await command.Rows(row => Of(row), cancellationToken);
    }

    private static Webhook Of(NpgsqlDataReader row)
    {
        var state = Enum.Parse<WebhookState>(row.GetString(6));
        return new Webhook(
            row.GetGuid(0),
            new WebhookSettings
            {
                Url = row.GetString(1),
                Description = row.TextOrNull(2),
                Types = row.GetFieldValue<string[]>(3),
                Outcomes = [.. row.GetFieldValue<string[]>(4).Select(Enum.Parse<WebhookOutcome>)],
                Alarms = row.GetBoolean(5),
                IsEnabled = state == WebhookState.Enabled,
            },
            state,
            row.GetFieldValue<DateTimeOffset>(7),
            row.GetFieldValue<DateTimeOffset>(8),
            row.TimeOrNull(9),
            row.GetInt32(10),
            row.GetInt32(11),
            row.GetFieldValue<DateTimeOffset>(12),
            row.TimeOrNull(13)
        );
    }
}
