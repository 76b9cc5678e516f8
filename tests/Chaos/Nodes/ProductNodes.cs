using System.Globalization;
using SagaOrchestrator.Chaos.Processes;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Nodes;

/// <summary>The product's processes: replicas of the orchestrator, and each participant by itself. Every connection goes over a line of its own.</summary>
internal sealed class ProductNodes : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Services = ["inventory", "payments", "shipping", "notifications"];

    private readonly NodeSettings settings;

    public ProductNodes(NodeSettings settings, int replicas, Database database, BrokerCluster broker)
    {
        this.settings = settings;
        Orchestrators = [.. Enumerable.Range(1, replicas).Select(number => Orchestrator(number, database, broker))];
        Participants = [.. Services.Select(service => Participant(service, database, broker))];
    }

    public IReadOnlyList<ProductNode> Orchestrators { get; }

    public IReadOnlyList<ProductNode> Participants { get; }

    public IEnumerable<ProductNode> All => Orchestrators.Concat(Participants);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in All)
        {
            await node.DisposeAsync();
        }
    }

    private ProductNode Orchestrator(int number, Database database, BrokerCluster broker)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"orchestrator-{number}");
        var port = settings.ApiPort + number - 1;
        var lines = Lines(name, database, broker);
        var environment = Common(lines, "orchestrator");
        environment["ConnectionStrings__Migrator"] = PostgresServer.Connection("postgres", "saga", lines.Postgres.Select(line => line.Port));
        environment["ConnectionStrings__Orchestrator"] = PostgresServer.Connection("orchestrator", "saga", lines.Postgres.Select(line => line.Port));
        environment["RabbitMq__Username"] = "orchestrator";
        environment["RabbitMq__Password"] = "orchestrator-dev";
        environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        environment["OrderFulfillment__StepTimeout"] = settings.StepTimeout.ToString("c", CultureInfo.InvariantCulture);
        environment["OrderFulfillment__FirstRetryDelay"] = "00:00:00.500";
        environment["OrderFulfillment__Attempts"] = "5";
        return new ProductNode(Process(name, ProcessKind.Orchestrator, settings.HostDll, [], environment), lines, new Uri(environment["ASPNETCORE_URLS"]));
    }

    private ProductNode Participant(string service, Database database, BrokerCluster broker)
    {
        var lines = Lines(service, database, broker);
        var environment = Common(lines, service);
        environment["ConnectionStrings__Migrator"] = PostgresServer.Connection("postgres", "saga", lines.Postgres.Select(line => line.Port));
        environment[$"ConnectionStrings__{service}"] = PostgresServer.Connection(service, "saga", lines.Postgres.Select(line => line.Port));
        environment[$"{service}__RabbitMq__Username"] = service;
        environment[$"{service}__RabbitMq__Password"] = service + "-dev";
        return new ProductNode(Process(service, ProcessKind.Participant, settings.ParticipantsDll, ["--services", service], environment), lines, Api: null);
    }

    private static NodeLines Lines(string name, Database database, BrokerCluster broker) => new(
        [.. database.Servers.Select(server => new Line(name, server.Process.Name, server.Port))], [.. broker.Nodes.Select(node => new Line(name, node.Script.Name, node.Port))]);

    private static Dictionary<string, string> Common(NodeLines lines, string name) => new()
    {
        ["RabbitMq__Host"] = string.Join(",", lines.Broker.Select(line => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{line.Port}"))),
        ["RabbitMq__VirtualHost"] = BrokerCluster.VirtualHost,
        ["OTEL_SERVICE_INSTANCE_ID"] = name,
        // Small enough for six of them beside five servers.
        ["DOTNET_GCHeapCount"] = "1",
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_TieredPGO"] = "0",
    };

    private OwnedProcess Process(string name, ProcessKind kind, string dll, IReadOnlyList<string> arguments, Dictionary<string, string> environment) => new(
        name, kind, Path.Combine(settings.Logs, name + ".log"), () => new ProcessCommand("dotnet", [dll, .. arguments], environment));
}

/// <summary>What the product's processes have in common.</summary>
/// <param name="HostDll">The orchestrator.</param>
/// <param name="ParticipantsDll">The participants.</param>
/// <param name="Logs">Where their output goes.</param>
/// <param name="ApiPort">The first replica's; the others follow.</param>
/// <param name="StepTimeout">How long a step may take.</param>
internal sealed record NodeSettings(string HostDll, string ParticipantsDll, string Logs, int ApiPort, TimeSpan StepTimeout);

/// <summary>A process of the product, and the lines of its connections.</summary>
/// <param name="Process">The process.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Api">Where its API is, if it has one.</param>
internal sealed record ProductNode(OwnedProcess Process, NodeLines Lines, Uri? Api) : IAsyncDisposable
{
    public string Name => Process.Name;

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        foreach (var line in Lines.All)
        {
            await line.DisposeAsync();
        }
    }
}

/// <summary>The lines of one process.</summary>
/// <param name="Postgres">To each server of the database.</param>
/// <param name="Broker">To each node of the broker.</param>
internal sealed record NodeLines(IReadOnlyList<Line> Postgres, IReadOnlyList<Line> Broker)
{
    public IEnumerable<Line> All => [.. Postgres, .. Broker];
}
