using System.Text.Json;
using Npgsql;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.Commit;

/// <summary>
/// Messages that wait for a node that can handle them. A message is there once, however many copies of it come. Its row is deleted after it was sent,
/// and only if it was not written in between: then a copy that came back found it there and relies on it.
/// </summary>
internal sealed class PutBackTable(NpgsqlDataSource database, string schema)
{
    private readonly string put =
        $"""
        insert into {schema}.put_back (message_id, destination, content_type, headers, body, due_at) values ($1, $2, $3, $4, $5, now() + $6)
        on conflict (message_id) do update set headers = excluded.headers, due_at = excluded.due_at, version = excluded.version
        """;

    // A claimed row is left alone by others for as long as an attempt may take.
    private readonly string claim =
        $"""
        update {schema}.put_back as p
        set due_at = now() + interval '30 seconds', version = gen_random_uuid()
        where p.message_id in (select message_id from {schema}.put_back where due_at <= now() order by due_at limit $1 for update skip locked)
        returning p.message_id, p.destination, p.content_type, p.headers, p.body, p.version
        """;

    private readonly string forget = $"delete from {schema}.put_back where message_id = $1 and version = $2";

    public Task Put(OutgoingMessage message, TimeSpan wait, CancellationToken cancellationToken) => Execute(
        put, cancellationToken,
        message.MessageId, message.Destination, message.ContentType, JsonSerializer.Serialize(message.Headers), message.Body.ToArray(), wait);

    public Task Forget(PutBackMessage sent, CancellationToken cancellationToken) =>
        Execute(forget, cancellationToken, sent.Message.MessageId, sent.Version);

    public async Task<IReadOnlyList<PutBackMessage>> Claim(int limit, CancellationToken cancellationToken)
    {
        await using var command = database.Command(claim, limit);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var claimed = new List<PutBackMessage>();
        while (await row.ReadAsync(cancellationToken))
        {
            claimed.Add(new PutBackMessage(OutboxRows.Message(row), row.GetGuid(5)));
        }

        return claimed;
    }

    private async Task Execute(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = database.Command(sql, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
