using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace SagaOrchestrator.Runner.Check;

/// <summary>
/// Gathers evidence from what is published: the orchestrator's tables and history, the management API, and the tables of the services of
/// this project that are asked about. Of a participant by somebody else its answers count: those in the history, and those that it gives
/// when it is asked now.
/// </summary>
/// <param name="connectionString">May read the tables.</param>
/// <param name="console">RabbitMQ's management API, with an administrator.</param>
/// <param name="services">The services of this project that take part. The others are somebody else's.</param>
/// <param name="virtualHost">Where the queues are.</param>
/// <param name="patience">How long participants of others have for their answers; null for as long as they usually need.</param>
internal sealed class ServerEvidence(
    string connectionString,
    Uri console,
    IReadOnlyCollection<string> services,
    string virtualHost = "saga",
    TimeSpan? patience = null
) : IDisposable
{
    /// <summary>The services of this project.</summary>
    public static readonly IReadOnlyList<string> AllServices = ["inventory", "payments", "shipping", "notifications"];

    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(20);

    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);
    private readonly HttpClient broker = Broker(console);
    private Enquiries? enquiries;

    public async Task<Evidence> Gather(CancellationToken cancellationToken)
    {
        var sagas = await Read(
            "select id, business_key, state, data::text, progress::text, type from orchestrator.saga where type in ('order-fulfillment', "
                + "'business-order')",
            row =>
                StoredOrder.Read(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)),
            cancellationToken
        );
        var effects = await Read(
            "select saga_id, position, entries::text from orchestrator.saga_turn order by position",
            row => new StoredTurn(row.GetGuid(0), row.GetInt64(1), row.GetString(2)),
            cancellationToken
        );
        var unreadable = sagas.Where(saga => saga.Problem is not null).ToDictionary(saga => saga.Id, saga => saga.Problem!);
        SagaFact[] readable = [.. sagas.Where(saga => saga.Fact is not null).Select(saga => saga.Fact!)];
        // Asked first, because answering leaves something in queues for a moment.
        var answers = await Answers(readable, cancellationToken);
        return new Evidence(
            readable,
            Asks("inventory") ? await Products(cancellationToken) : null,
            Asks("payments") ? await Money(cancellationToken) : null,
            HistoryEffects.Of(effects, unreadable),
            await Outboxes(cancellationToken),
            await Queues(cancellationToken)
        )
        {
            Unreadable = [.. unreadable.Values],
            Standing = await Standing(cancellationToken),
            Answers = answers,
        };
    }

    public void Dispose()
    {
        database.Dispose();
        broker.Dispose();
    }

    private async Task<IReadOnlyList<AnswerFact>?> Answers(SagaFact[] sagas, CancellationToken cancellationToken)
    {
        if (AllServices.All(Asks))
        {
            return null;
        }

        enquiries ??= new Enquiries(broker, virtualHost, patience ?? UsualPatience);
        var ended = sagas.Where(saga => saga.State is "Completed" or "Failed");
        var asked = ended.SelectMany(saga =>
            saga.Started.Where(step => !Asks(OrderSteps.ParticipantOf(step)))
                .Select(step => new Enquiry(OrderSteps.ParticipantOf(step), saga.Id, saga.Type, saga.BusinessKey, step))
        );
        return await enquiries.Ask([.. asked], cancellationToken);
    }

    private bool Asks(string service) => services.Contains(service);

    private static HttpClient Broker(Uri console)
    {
        var client = new HttpClient { BaseAddress = new Uri(console.GetLeftPart(UriPartial.Scheme) + console.Authority) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(console.UserInfo)))
        );
        return client;
    }

    private Task<IReadOnlyList<ProductFact>> Products(CancellationToken cancellationToken) =>
        Read(
            "select product_id, initial, available, reserved from inventory.product",
            row => new ProductFact(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)),
            cancellationToken
        );

    private async Task<MoneyFact> Money(CancellationToken cancellationToken) =>
        (
            await Read(
                """
                select coalesce(sum(amount) filter (where kind = 'charge'), 0), coalesce(sum(amount) filter (where kind = 'refund'), 0),
                       (select coalesce(sum(amount), 0) from payments.gateway_charge where state = 'charged')
                from payments.ledger_entry
                """,
                row => new MoneyFact(row.GetDecimal(0), row.GetDecimal(1), row.GetDecimal(2)),
                cancellationToken
            )
        )[0];

    private async Task<IReadOnlyList<StandingFact>> Standing(CancellationToken cancellationToken)
    {
        (string Service, string Sql)[] all =
        [
            ("inventory", "select distinct saga_id from inventory.reservation where released_at is null"),
            (
                "payments",
                "select saga_id from payments.ledger_entry group by saga_id having sum(case kind when 'charge' then amount else -amount "
                    + "end) <> 0"
            ),
            ("shipping", "select saga_id from shipping.shipment where cancelled_at is null"),
            ("notifications", "select saga_id from notifications.notification where kind = 'order_confirmation'"),
        ];
        var standing = new List<StandingFact>();
        foreach (var (service, sql) in all.Where(one => Asks(one.Service)))
        {
            standing.AddRange(await Read(sql, row => new StandingFact(service, row.GetGuid(0)), cancellationToken));
        }

        return standing;
    }

    private async Task<IReadOnlyDictionary<string, long>> Outboxes(CancellationToken cancellationToken) =>
        (
            await Read(
                string.Join(
                    " union all ",
                    services
                        .Append("orchestrator")
                        .Select(schema =>
                            $"select '{schema}.outbox', (select count(*) from {schema}.outbox) + (select count(*) from "
                            + $"{schema}.outbox_group) + (select count(*) from {schema}.waiting_message)"
                        )
                ),
                row => (Name: row.GetString(0), Count: row.GetInt64(1)),
                cancellationToken
            )
        ).ToDictionary(row => row.Name, row => row.Count);

    private async Task<IReadOnlyDictionary<string, long>> Queues(CancellationToken cancellationToken)
    {
        var queues = await broker.GetFromJsonAsync<JsonElement>("/api/queues/" + virtualHost, cancellationToken);
        return queues
            .EnumerateArray()
            .ToDictionary(
                queue => queue.GetProperty("name").GetString()!,
                queue => queue.TryGetProperty("messages", out var messages) ? messages.GetInt64() : 0
            );
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
