using System.Globalization;
using SagaOrchestrator.Chaos.Nodes.Served;
using SagaOrchestrator.Chaos.Nodes.Served.Errands;
using SagaOrchestrator.Chaos.Plants;
using SagaOrchestrator.Chaos.Processes;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Nodes;

/// <summary>
/// The product's processes: replicas of the orchestrator, and each participant by itself. Every connection goes over a line of its own.
/// </summary>
internal sealed class ProductNodes : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Services = ["inventory", "payments", "shipping", "notifications"];

    // Of each kind one: the others have the right time to compare with.
    private static readonly string[] Skewed = ["orchestrator-2", "payments"];

    private readonly NodeSettings settings;

    public ProductNodes(NodeSettings settings, int replicas, Database database, BrokerCluster broker)
    {
        this.settings = settings;
        Orchestrators = [.. Enumerable.Range(1, replicas).Select(number => Orchestrator(number, database, broker))];
        Participants = [.. Services.Select(service => Participant(service, database, broker))];
        if (settings.HasErrands)
        {
            (Errands, NextBuild) = (Participant(ErrandPlan.Participant, database, broker), Orchestrator(replicas + 1, database, broker));
            NextBuild.Release.IsNext = true;
        }
    }

    public IReadOnlyList<ProductNode> Orchestrators { get; }

    public IReadOnlyList<ProductNode> Participants { get; }

    /// <summary>The participant that runs errands; null when nothing is flooded.</summary>
    public ProductNode? Errands { get; }

    /// <summary>An orchestrator of the next build, which knows another version of the errand; null when nothing is flooded.</summary>
    public ProductNode? NextBuild { get; }

    public IEnumerable<ProductNode> All => [.. Orchestrators, .. Participants, .. new[] { Errands, NextBuild }.OfType<ProductNode>()];

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
        var clock = Skewed.Contains(name) ? ProcessClock.For(name, settings.Data, environment) : null;
        environment["ConnectionStrings__Migrator"] = PostgresServer.Connection(
            "postgres",
            "saga",
            lines.Postgres.Select(line => line.Port)
        );
        environment["ConnectionStrings__Orchestrator"] = PostgresServer.Connection(
            "orchestrator",
            "saga",
            lines.Postgres.Select(line => line.Port)
        );
        environment["ConnectionStrings__Fences"] = PostgresServer.Connection("auditor", "saga", lines.Postgres.Select(line => line.Port));
        environment["Audit__Every"] = ChaosOptions.AuditEvery.ToString("c", CultureInfo.InvariantCulture);
        environment["Audit__LostAfter"] = "00:00:05";
        foreach (var (service, index) in Services.Select((service, index) => (service, index)))
        {
            environment[string.Create(CultureInfo.InvariantCulture, $"Audit__Fences__{index}")] = service;
        }

        environment["RabbitMq__Username"] = "orchestrator";
        environment["RabbitMq__Password"] = "orchestrator-dev";
        environment["Sensitive__KeyFile"] = settings.KeyFile;
        environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        environment["OrderFulfillment__StepTimeout"] = settings.StepTimeout.ToString("c", CultureInfo.InvariantCulture);
        environment["OrderFulfillment__FirstRetryDelay"] = ChaosOptions.FirstRetryDelay.ToString("c", CultureInfo.InvariantCulture);
        environment["OrderFulfillment__Attempts"] = settings.Attempts.ToString(CultureInfo.InvariantCulture);
        var release = new NodeRelease();
        var process = Process(name, ProcessKind.Orchestrator, () => Command(release, "orchestrator", [settings.HostDll]), environment);
        return new ProductNode(process, lines, release, clock, new Uri(environment["ASPNETCORE_URLS"]));
    }

    private ProductNode Participant(string service, Database database, BrokerCluster broker)
    {
        var lines = Lines(service, database, broker);
        var environment = Common(lines, service);
        var clock = Skewed.Contains(service) ? ProcessClock.For(service, settings.Data, environment) : null;
        environment["ConnectionStrings__Migrator"] = PostgresServer.Connection(
            "postgres",
            "saga",
            lines.Postgres.Select(line => line.Port)
        );
        environment[$"ConnectionStrings__{service}"] = PostgresServer.Connection(service, "saga", lines.Postgres.Select(line => line.Port));
        environment[$"{service}__RabbitMq__Username"] = service;
        environment[$"{service}__RabbitMq__Password"] = service + "-dev";
        var release = new NodeRelease();
        var process = Process(
            service,
            ProcessKind.Participant,
            () => Command(release, service, [settings.ParticipantsDll, "--services", service]),
            environment
        );
        return new ProductNode(process, lines, release, clock, Api: null);
    }

    private static NodeLines Lines(string name, Database database, BrokerCluster broker) =>
        new(
            [.. database.Servers.Select(server => new Line(name, server.Process.Name, server.Port))],
            [.. broker.Nodes.Select(node => new Line(name, node.Script.Name, node.Port))]
        );

    private Dictionary<string, string> Common(NodeLines lines, string name)
    {
        var environment = new Dictionary<string, string>
        {
            ["RabbitMq__Host"] = string.Join(
                ",",
                lines.Broker.Select(line => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{line.Port}"))
            ),
            ["RabbitMq__VirtualHost"] = BrokerCluster.VirtualHost,
            ["OTEL_SERVICE_INSTANCE_ID"] = name,
            // Small enough for six of them beside five servers.
            ["DOTNET_GCHeapCount"] = "1",
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_TieredPGO"] = "0",
        };
        if (settings.HasFewThreads)
        {
            // Hexadecimal. Who waits for a pool thread on a pool thread is stuck with so few of them.
            environment["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "1";
            environment["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "4";
        }

        return environment;
    }

    private OwnedProcess Process(
        string name,
        ProcessKind kind,
        Func<IReadOnlyList<string>> arguments,
        Dictionary<string, string> environment
    ) => new(name, kind, Path.Combine(settings.Logs, name + ".log"), () => new ProcessCommand("dotnet", arguments(), environment));

    // The product's own program, unless something is to be in it that the product does not have.
    private IReadOnlyList<string> Command(NodeRelease release, string service, IReadOnlyList<string> own) =>
        release.IsNext || settings.Plant != PlantedBug.None || settings.HasErrands
            ?
            [
                typeof(ProductNodes).Assembly.Location,
                Serve.Name,
                service,
                Serve.Plant,
                settings.Plant.ToString(),
                .. release.IsNext ? [Serve.Next] : Array.Empty<string>(),
                .. settings.HasErrands ? [Serve.Errands] : Array.Empty<string>(),
            ]
            : own;
}

/// <summary>What the product's processes have in common.</summary>
/// <param name="HostDll">The orchestrator.</param>
/// <param name="ParticipantsDll">The participants.</param>
/// <param name="Logs">Where their output goes.</param>
/// <param name="ApiPort">The first replica's; the others follow.</param>
/// <param name="Data">Where files of the driver's own go.</param>
/// <param name="KeyFile">The ring of keys for marked values.</param>
/// <param name="StepTimeout">How long a step may take.</param>
/// <param name="Attempts">How often it is tried.</param>
/// <param name="Plant">The bug in all of them.</param>
/// <param name="HasFewThreads">Whether their thread pools are so small that one blocked thread is felt.</param>
/// <param name="HasErrands">Whether there are errands, their participant, and an orchestrator of the next build.</param>
internal sealed record NodeSettings(
    string HostDll,
    string ParticipantsDll,
    string Logs,
    int ApiPort,
    string Data,
    string KeyFile,
    TimeSpan StepTimeout,
    int Attempts,
    PlantedBug Plant,
    bool HasFewThreads,
    bool HasErrands
);

/// <summary>Which version of the product a process is, from its next start on.</summary>
internal sealed class NodeRelease
{
    private volatile bool isNext;

    /// <summary>The next version, which has a plan more, or the product as it is.</summary>
    public bool IsNext
    {
        get => isNext;
        set => isNext = value;
    }
}

/// <summary>A process of the product, and the lines of its connections.</summary>
/// <param name="Process">The process.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Release">Which version it is.</param>
/// <param name="Clock">Its clock, when that can be set.</param>
/// <param name="Api">Where its API is, if it has one.</param>
internal sealed record ProductNode(OwnedProcess Process, NodeLines Lines, NodeRelease Release, ProcessClock? Clock, Uri? Api)
    : IAsyncDisposable
{
    public string Name => Process.Name;

    /// <summary>
    /// Away, and ready to come back at once: cut off from every server first, so that nothing is left in its hands, and then paused. What
    /// starts costs a second or two of a processor, which a measurement of something else would feel.
    /// </summary>
    public void Leave()
    {
        foreach (var line in Lines.All)
        {
            line.Set(LineState.Refused);
            line.Cut();
        }

        Process.Pause();
    }

    /// <summary>Comes back.</summary>
    public void Return()
    {
        foreach (var line in Lines.All)
        {
            line.Set(LineState.Clear);
        }

        Process.Resume();
        Process.StartIfEnded();
    }

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
