using Microsoft.Extensions.Configuration;
using Npgsql;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Choreography.Running;

/// <summary>
/// What must hold when every order has ended, as <c>infra/run</c> checks it for the orchestrator. It has to look into five schemas: nobody
/// else knows how an order stands.
/// </summary>
internal static class EndCheck
{
    private const string Completed = "select order_id from choreo_orders.customer_order where state = 'completed'";
    private const string Failed = "select order_id from choreo_orders.customer_order where state = 'failed'";
    private const string Total = "select coalesce(sum(total), 0) from choreo_orders.customer_order where state = 'completed'";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // Each lists what contradicts it.
    private static readonly (string Rule, string Sql)[] Rules =
    [
        ("every order ended completed or failed", "select order_id from choreo_orders.customer_order where state = 'placed'"),
        (
            "initial stock = available + reserved by completed orders",
            $"""
            select product_id from choreo_inventory.product p where initial <> available + reserved or reserved <> coalesce((
                select sum(quantity) from choreo_inventory.reserved_line l
                where l.product_id = p.product_id and l.order_id in ({Completed})), 0)
            """
        ),
        (
            "money charged - refunded = total of completed orders",
            $"""
            select held::text from (
                select coalesce(sum(case kind when 'charge' then amount else -amount end), 0) as held from choreo_payments.ledger_entry
                union all
                select coalesce(sum(amount), 0) from choreo_payments.gateway_charge where state = 'charged') as book
            where held <> ({Total})
            """
        ),
        (
            "completed orders: every effect once",
            $"""
            select order_id from ({Completed}) as o
            where not exists (select from choreo_inventory.reservation r where r.order_id = o.order_id and r.state = 'reserved')
                or not exists (select from choreo_payments.payment p where p.order_id = o.order_id and p.state = 'taken')
                or not exists (select from choreo_shipping.shipment s where s.order_id = o.order_id and s.state = 'created')
                or not exists (select from choreo_notifications.notification n where n.order_id = o.order_id)
            """
        ),
        (
            "failed orders: nothing is left",
            $"""
            select order_id from ({Failed}) as o
            where exists (select from choreo_inventory.reservation r where r.order_id = o.order_id and r.state = 'reserved')
                or exists (select from choreo_payments.payment p where p.order_id = o.order_id and p.state = 'taken')
                or exists (select from choreo_shipping.shipment s where s.order_id = o.order_id and s.state = 'created')
                or exists (select from choreo_notifications.notification n where n.order_id = o.order_id)
            """
        ),
        (
            "outboxes empty",
            string.Join(
                " union all ",
                Choreography.Services.SelectMany(service =>
                    new[] { "outbox", "outbox_group" }.Select(table => $"select '{service.Name}.{table}' from {service.Name}.{table}")
                )
            )
        ),
    ];

    /// <summary>Looks until everything holds, or patience is over.</summary>
    /// <returns>Whether everything holds.</returns>
    public static async Task<bool> Run(
        IConfiguration configuration,
        string migrator,
        Expected expected,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        await using var database = NpgsqlDataSource.Create(migrator);
        using var timer = new PeriodicTimer(Pause);
        var end = DateTime.UtcNow + patience;
        IReadOnlyList<(string Rule, IReadOnlyList<string> Findings)> checks;
        do
        {
            checks =
            [
                await Orders(database, expected.Orders, cancellationToken),
                .. await Tables(database, cancellationToken),
                await Queues(configuration, expected.DeadLetters, cancellationToken),
            ];
        } while (
            checks.Any(check => check.Findings.Count > 0) && DateTime.UtcNow < end && await timer.WaitForNextTickAsync(cancellationToken)
        );

        await Print(database, checks, cancellationToken);
        return checks.All(check => check.Findings.Count == 0);
    }

    // One that is on its way to the order service is in no table and in no queue that can be counted.
    private static async Task<(string, IReadOnlyList<string>)> Orders(
        NpgsqlDataSource database,
        int least,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand("select count(*) from choreo_orders.customer_order");
        var known = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        return ("every order has come", known < least ? [$"{known} have, {least} were expected"] : []);
    }

    private static async Task<IReadOnlyList<(string, IReadOnlyList<string>)>> Tables(
        NpgsqlDataSource database,
        CancellationToken cancellationToken
    )
    {
        var checks = new List<(string, IReadOnlyList<string>)>();
        foreach (var (rule, sql) in Rules)
        {
            checks.Add((rule, await Texts(database, sql, cancellationToken)));
        }

        return checks;
    }

    private static async Task<(string, IReadOnlyList<string>)> Queues(
        IConfiguration configuration,
        int deadLetters,
        CancellationToken cancellationToken
    )
    {
        var broker = BusConnection.Read(configuration, "RabbitMq", Choreography.Client + ":RabbitMq");
        var factory = new ConnectionFactory
        {
            HostName = broker.Host,
            Port = broker.Port,
            VirtualHost = broker.VirtualHost,
            UserName = broker.Username,
            Password = broker.Password,
        };
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var names = Choreography
            .Services.SelectMany(service => new[] { service.Name, Messages.Queues.IncomingDeadLetterOf(service.Name) })
            .Append(Messages.Queues.Unrouted);
        var findings = new List<string>();
        foreach (var name in names)
        {
            if (await channel.MessageCountAsync(name, cancellationToken) is var count and > 0)
            {
                findings.Add($"{name} holds {count}");
            }
        }

        uint letters = 0;
        foreach (var service in Choreography.Services)
        {
            letters += await channel.MessageCountAsync(Messages.Queues.DeadLetterOf(service.Name), cancellationToken);
        }

        if (letters != deadLetters)
        {
            findings.Add($"{letters} dead letters, {deadLetters} were expected");
        }

        return ("queues empty, dead letters as expected", findings);
    }

    private static async Task Print(
        NpgsqlDataSource database,
        IReadOnlyList<(string Rule, IReadOnlyList<string> Findings)> checks,
        CancellationToken cancellationToken
    )
    {
        const string Ends = """
            select rpad(count(*)::text, 6) || state || coalesce(' ' || code, '') from choreo_orders.customer_order
            group by state, code order by state, code
            """;
        Console.WriteLine(string.Join('\n', await Texts(database, Ends, cancellationToken)));
        foreach (var (rule, findings) in checks)
        {
            Console.WriteLine(findings.Count == 0 ? $"holds  {rule}" : $"FAILS  {rule}: {string.Join(", ", findings.Take(10))}");
        }
    }

    private static async Task<IReadOnlyList<string>> Texts(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var texts = new List<string>();
        while (await row.ReadAsync(cancellationToken))
        {
            texts.Add(row.GetString(0));
        }

        return texts;
    }
}

/// <summary>What there is to be.</summary>
/// <param name="Orders">At least so many orders.</param>
/// <param name="DeadLetters">Exactly so many dead letters.</param>
internal sealed record Expected(int Orders, int DeadLetters);
