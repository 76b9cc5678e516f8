using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Choreography;

/// <summary>The services of samples/choreography as one process, on a sandbox with its own queues, users, schemas and roles.</summary>
internal sealed class EventServices : IAsyncDisposable
{
    private static readonly string[] Names = ["orders", "inventory", "payments", "shipping", "notifications"];

    private const string Tap = "tap";

    private readonly string log = Path.GetTempFileName();
    private ServiceProcess? process;

    private EventServices(Sandbox sandbox) => Sandbox = sandbox;

    public Sandbox Sandbox { get; }

    public static async Task<EventServices> Start(params (string Product, int Units)[] stock)
    {
        var services = new EventServices(await Sandbox.Create());
        await services.ImportTopology();
        (await services.Run("migrate")).Status.ShouldBe(0);
        var lines = stock.Select(line => new JsonObject { ["productId"] = line.Product, ["available"] = line.Units });
        (await services.Run("load-stock", await FileOf(lines))).Status.ShouldBe(0);
        services.Begin();
        return services;
    }

    /// <summary>SIGKILL, and the same again.</summary>
    public void KillAndBegin()
    {
        process!.Kill();
        process.Dispose();
        Begin();
    }

    public async Task Place(IEnumerable<JsonObject> orders) => (await Run("place", await FileOf(orders))).Status.ShouldBe(0);

    /// <summary>The sample's own check, which waits until every order has ended.</summary>
    public Task<(int Status, string Output)> Check(int orders, int deadLetters = 0, int patience = 240) =>
        Run("check", "--orders", $"{orders}", "--dead-letters", $"{deadLetters}", "--patience", $"{patience}");

    public Task Ended(int orders) =>
        Eventually.Get(
            () => Sandbox.Query<long>("select count(*) from choreo_orders.customer_order where state <> 'placed'"),
            ended => ended >= orders,
            $"{orders} orders have ended"
        );

    public async ValueTask DisposeAsync()
    {
        process?.Dispose();
        await Sandbox.DisposeAsync();
    }

    /// <summary>Every event so far comes once more, under another message id, as somebody redrives it.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RedriveAll()
    {
        var events = await Sandbox.Peek(Tap, take: true);
        foreach (var happened in events)
        {
            var copy = JsonNode.Parse(happened.Payload)!;
            copy["messageId"] = Guid.NewGuid().ToString();
            await Sandbox.PublishTo(((string)copy["messageType"]![0]!)["urn:message:".Length..], copy.ToJsonString());
        }

        return events.Count;
    }

    /// <summary>How many messages the services have handled, copies under other ids among them.</summary>
    public Task<long> Handled() =>
        Sandbox.Query<long>($"select ({string.Join(") + (", Names.Select(name => $"select count(*) from choreo_{name}.inbox"))})");

    private static async Task<string> FileOf(IEnumerable<JsonObject> lines)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, lines.Select(line => line.ToJsonString()));
        return file;
    }

    private void Begin() => process = ServiceProcess.Choreography(Sandbox, log, [], Settings());

    private async Task ImportTopology()
    {
        var (status, definitions) = await Run("topology", "--vhost", Sandbox.Name);
        status.ShouldBe(0, definitions);
        (await Sandbox.Console.PostAsJsonAsync("/api/definitions", JsonNode.Parse(definitions))).EnsureSuccessStatusCode();
        foreach (var exchange in JsonNode.Parse(definitions)!["exchanges"]!.AsArray().Select(exchange => (string)exchange!["name"]!))
        {
            if (exchange.Contains(':', StringComparison.Ordinal))
            {
                await Sandbox.Subscribe(exchange, Tap);
            }
        }
    }

    private async Task<(int Status, string Output)> Run(params string[] arguments)
    {
        var output = Path.GetTempFileName();
        using (var program = ServiceProcess.Choreography(Sandbox, output, arguments, Settings()))
        {
            return (await program.Ended(), await File.ReadAllTextAsync(output));
        }
    }

    private (string, string)[] Settings() =>
        [
            .. Names.Select(name => ($"ConnectionStrings__choreo_{name}", Sandbox.Connection("choreo_" + name))),
            .. Names.Append("client").Select(name => ($"choreo_{name}__RabbitMq__Username", "choreo_" + name)),
            .. Names.Append("client").Select(name => ($"choreo_{name}__RabbitMq__Password", $"choreo_{name}-dev")),
        ];
}
