using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace SagaOrchestrator.Runner.Check;

/// <summary>Gathers evidence with SQL and the management API only.</summary>
internal sealed class ServerEvidence(string connectionString, Uri console, string virtualHost = "saga") : IDisposable
{
    private static readonly string[] Participants = ["inventory", "payments", "shipping", "notifications"];

    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);
    private readonly HttpClient broker = Broker(console);

    public async Task<Evidence> Gather(CancellationToken cancellationToken) => new(
        await Sagas(cancellationToken),
        await Read(
            "select product_id, initial, available, reserved from inventory.product",
            row => new ProductFact(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)), cancellationToken),
        await Money(cancellationToken),
        await Effects(cancellationToken),
        await Outboxes(cancellationToken),
        await Queues(cancellationToken));

    public void Dispose()
    {
        database.Dispose();
        broker.Dispose();
    }

    private static HttpClient Broker(Uri console)
    {
        var client = new HttpClient { BaseAddress = new Uri(console.GetLeftPart(UriPartial.Scheme) + console.Authority) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(console.UserInfo))));
        return client;
    }

    // A step that waited for a signal has no effect at any participant.
    private Task<IReadOnlyList<SagaFact>> Sagas(CancellationToken cancellationToken) => Read(
        """
        select id, business_key, state, (data ->> 'total')::numeric,
               array(select item ->> 'productId' from json_array_elements(data -> 'items') as item),
               array(select (item ->> 'quantity')::int from json_array_elements(data -> 'items') as item),
               array(select step ->> 'name' from json_array_elements(progress -> 'steps') as step
                     where step ->> 'startOrder' is not null
                       and not exists (select 1 from json_array_elements(coalesce(progress -> 'signals', '[]')) as signal where signal ->> 'step' = step ->> 'name')
                     order by (step ->> 'startOrder')::int)
        from orchestrator.saga where type in ('order-fulfillment', 'business-order')
        """,
        row => new SagaFact(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetDecimal(3),
            [.. row.GetFieldValue<string[]>(4).Zip(row.GetFieldValue<int[]>(5))], row.GetFieldValue<string[]>(6)),
        cancellationToken);

    private async Task<MoneyFact> Money(CancellationToken cancellationToken) => (await Read(
        """
        select coalesce(sum(amount) filter (where kind = 'charge'), 0), coalesce(sum(amount) filter (where kind = 'refund'), 0),
               (select coalesce(sum(amount), 0) from payments.gateway_charge where state = 'charged')
        from payments.ledger_entry
        """,
        row => new MoneyFact(row.GetDecimal(0), row.GetDecimal(1), row.GetDecimal(2)), cancellationToken))[0];

    // A command that was begun may have had its effect, so it counts; a tombstone had none.
    private Task<IReadOnlyList<EffectFact>> Effects(CancellationToken cancellationToken) => Read(
        string.Join(" union all ", Participants.Select(schema =>
            $"""
            select saga_id, step, case when do_state in ('begun', 'completed') then (do_lsn - '0/0')::bigint end,
                   case when undo_state = 'completed' and not tombstone then (undo_lsn - '0/0')::bigint end
            from {schema}.fence
            """)),
        row => new EffectFact(
            row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3)),
        cancellationToken);

    private async Task<IReadOnlyDictionary<string, long>> Outboxes(CancellationToken cancellationToken) => (await Read(
        string.Join(" union all ", Participants.Append("orchestrator").Select(schema =>
            $"select '{schema}.outbox', (select count(*) from {schema}.outbox) + (select count(*) from {schema}.outbox_group) + (select count(*) from {schema}.waiting_message)")),
        row => (Name: row.GetString(0), Count: row.GetInt64(1)), cancellationToken)).ToDictionary(row => row.Name, row => row.Count);

    private async Task<IReadOnlyDictionary<string, long>> Queues(CancellationToken cancellationToken)
    {
        var queues = await broker.GetFromJsonAsync<JsonElement>("/api/queues/" + virtualHost, cancellationToken);
        return queues.EnumerateArray().ToDictionary(
            queue => queue.GetProperty("name").GetString()!,
            queue => queue.TryGetProperty("messages", out var messages) ? messages.GetInt64() : 0);
    }

    private async Task<IReadOnlyList<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await row.ReadAsync(cancellationToken))
        {
            rows.Add(map(row));
        }

        return rows;
    }
}
