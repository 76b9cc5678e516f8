using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using SagaOrchestrator.Tests.Servers;
using SagaOrchestrator.Tests.Tls;

namespace SagaOrchestrator.Tests.Sensitive;

/// <summary>The shipped orders, while keys, passwords, certificates and customers go. Nobody's name is left anywhere.</summary>
public sealed class When_secrets_are_rotated_while_customers_order
{
    private const int Orders = 1000;
    private const string Name = "Wilhelmine Markedsen";

    private readonly WholeLog log = new();
    private TlsServers servers = null!;
    private TlsSystem system = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        servers = await TlsServers.Start();
        system = await TlsSystem.Start(servers, log);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await system.DisposeAsync();
        await servers.DisposeAsync();
        log.Dispose();
    }

    [Test]
    public async Task Should_end_a_thousand_orders_and_keep_no_name_in_a_table_or_a_log()
    {
        var ordering = system.Order(Orders, () => OrderOf(Name));
        await Started(Orders / 10);
        servers.AddKey("second");
        await servers.SetPasswords("third");
        await servers.Broker.CloseConnections();
        await Started(Orders / 3);
        await servers.Rotate();
        await ordering;
        await Eventually.True(
            () => IsTrue("select count(*) = 0 from orchestrator.subject_key where wrapping_key <> 'second'"),
            "every key is wrapped by the active key"
        );
        servers.RemoveKey("development");
        await system.Completed(await system.Order(OrderOf(Name)));
        await Eventually.True(
            () => IsTrue($"select count(*) = {Orders + 1} from orchestrator.saga where state = 'Completed'"),
            "every order is completed"
        );

        (await TablesWith("enc:v1:")).ShouldContain("orchestrator.saga");
        (await TablesWith(Name)).ShouldBeEmpty();
        log.Lines.ShouldNotBeEmpty();
        log.Lines.ShouldAllBe(line => !line.Contains(Name));
    }

    [Test]
    public async Task Should_refund_a_customer_who_was_forgotten_before_the_order_failed()
    {
        await system.StopParticipant("shipping");
        var order = OrderOf("Amalie Vergessen", quantity: 121);
        var saga = await system.Order(order);
        await Eventually.True(
            () => IsTrue($"select count(*) > 0 from payments.ledger_entry where saga_id = '{saga}'"),
            "the order is paid"
        );

        var forgotten = await system.Api.PostAsJsonAsync(
            $"/api/v1/subjects/{order["customerId"]}/forget",
            new { by = "officer", reason = "Asked for by letter." }
        );
        (await forgotten.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("hadKey").GetBoolean().ShouldBeTrue();
        await system.StartParticipant("shipping");
        await system.Becomes(saga, "Failed");

        (
            await IsTrue(
                $"select sum(case kind when 'charge' then amount else -amount end) = 0 from payments.ledger_entry where saga_id = '{saga}'"
            )
        ).ShouldBeTrue();
        (await TablesWith("Vergessen")).ShouldBeEmpty();
    }

    private static JsonObject OrderOf(string name, int quantity = 2)
    {
        var order = Order.Of(quantity: quantity);
        order["customerId"] = "customer-of-" + order["orderId"];
        order["shippingAddress"]!["name"] = name;
        return order;
    }

    private Task Started(int orders) =>
        Eventually.True(() => IsTrue($"select count(*) >= {orders} from orchestrator.saga"), $"{orders} orders are started");

    private async Task<bool> IsTrue(string sql) => (bool)(await Ask(sql))!;

    /// <summary>The tables of which a row has a text in any column, as it is or as bytes.</summary>
    private async Task<string> TablesWith(string text) =>
        (string)
            (
                await Ask(
                    $$"""
                    select coalesce(string_agg(name, ', ' order by name), '')
                    from (select format('%I.%I', table_schema, table_name) as name from information_schema.tables
                        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')) tables
                    where (xpath('/row/found/text()', query_to_xml(format(
                        'select exists (select from %s x where x::text like ''%%{{text}}%%'' or x::text like ''%%{{Hex(
                        text
                    )}}%%'') as found',
                        name), false, true, '')))[1]::text = 'true'
                    """
                )
            )!;

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    private async Task<object?> Ask(string sql)
    {
        await using var database = NpgsqlDataSource.Create(servers.Database.Connection("postgres"));
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
