using System.Globalization;
using Npgsql;
using SagaOrchestrator.Chaos.Checks;
using SagaOrchestrator.Chaos.Load;
using SagaOrchestrator.Chaos.Nodes;
using SagaOrchestrator.Chaos.Plants;
using SagaOrchestrator.Chaos.Processes;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>Everything that is started: servers, and the product's processes on them.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private static readonly TimeSpan TimeToStart = TimeSpan.FromSeconds(90);
    private readonly ChaosOptions options;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private Installation(ChaosOptions options, Journal journal)
    {
        this.options = options;
        Database = new Database(options.PostgresServers, options.Data, options.Logs, options.PostgresPort, options.Broker.SmallDisks);
        Broker = new BrokerCluster(
            options.Broker,
            Path.Combine(options.Data, "broker"),
            options.Logs,
            options.BrokerPortBase,
            Path.Combine(options.Root, "infra/rabbitmq/supervise"),
            journal
        );
        Nodes = new ProductNodes(
            new NodeSettings(
                options.OrchestratorDll,
                options.ParticipantsDll,
                options.Logs,
                options.ApiPort,
                options.Data,
                Path.Combine(options.Root, "infra/sensitive.keys"),
                options.StepTimeout,
                options.Attempts,
                options.Plant,
                HasFewThreads: options.Contention > 0,
                options.HasErrands
            ),
            options.Replicas,
            Database,
            Broker
        );
    }

    public Database Database { get; }

    public BrokerCluster Broker { get; }

    public ProductNodes Nodes { get; }

    /// <summary>What a supervisor of the product looks after.</summary>
    public IReadOnlyList<OwnedProcess> Supervised => [.. Nodes.All.Select(node => node.Process)];

    public static async Task<Installation> Start(ChaosOptions options, Journal journal)
    {
        Directory.CreateDirectory(options.Data);
        var installation = new Installation(options, journal);
        try
        {
            journal.Write(
                "start",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{options.PostgresServers} Postgres, {options.Broker.Nodes} nodes of RabbitMQ ({options.Broker.Name}), ports from "
                        + $"{options.PortBase}"
                )
            );
            await Task.WhenAll(
                installation.Database.Create(ErrandServers.RolesFile(options)),
                installation.Broker.Create(ErrandServers.DefinitionsFile(options))
            );
            await installation.Database.Primary.Execute("create role auditor login password 'auditor-dev' in role pg_read_all_data");
            journal.Write(
                "start",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{options.Replicas} orchestrators, {ProductNodes.Services.Count} "
                        + $"participants{(options.HasErrands ? ", one more of each for errands" : string.Empty)}"
                )
            );
            await installation.StartProduct();
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }

        return installation;
    }

    /// <summary>Waits until every process of the product says that it is ready, or has its queue.</summary>
    public async Task Ready()
    {
        if (!await Wait.Until(AllReady, TimeToStart))
        {
            throw new InvalidOperationException(
                $"Not everything was ready within {TimeToStart.TotalSeconds:0} seconds. See {options.Logs}"
            );
        }
    }

    /// <summary>Whether the others that do a process's work are ready; a participant has none. An exception says no as well.</summary>
    public Task<bool> OthersServe(ProductNode node) => AreReady(node.Api is null ? [] : Nodes.Orchestrators.Where(other => other != node));

    /// <summary>Whatever the faults left: nothing is paused, and every line is clear.</summary>
    public void Heal()
    {
        foreach (var node in Nodes.All)
        {
            foreach (var line in node.Lines.All)
            {
                line.Set(LineState.Clear);
            }

            node.Clock?.Set(TimeSpan.Zero);
            if (node.Process.IsUp)
            {
                node.Process.Resume();
            }
        }
    }

    /// <summary>When one orchestrator was ever the next version, its sagas need one that is.</summary>
    public async Task FinishRollout()
    {
        foreach (var node in Nodes.Orchestrators.Where(node => !node.Release.IsNext))
        {
            node.Release.IsNext = true;
            await node.Process.Terminate();
            node.Process.Start();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Nodes.DisposeAsync();
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
        http.Dispose();
        Directory.Delete(options.Data, recursive: true);
    }

    private async Task StartProduct()
    {
        foreach (var node in Nodes.All)
        {
            node.Process.Start();
        }

        await Ready();
        await using var database = NpgsqlDataSource.Create(Database.Connection("postgres"));
        await using var stock = database.CreateCommand(
            "insert into inventory.product (product_id, name, initial, available) select id, id, $1, $1 from unnest($2) id"
        );
        stock.Parameters.Add(new NpgsqlParameter { Value = OrderMix.InitialStock });
        stock.Parameters.Add(new NpgsqlParameter { Value = OrderMix.ProductIds.ToArray() });
        await stock.ExecuteNonQueryAsync();
        await EffectJournal.Install(Database.Primary);
        if (PlantedSql.Script(options.Plant) is { } bug)
        {
            await Database.Primary.Execute(bug);
        }

        await AlarmCheck.Subscribe(Broker);
    }

    private async Task<bool> AllReady()
    {
        if (!await AreReady([.. Nodes.Orchestrators, .. Nodes.NextBuild is { } next ? [next] : Array.Empty<ProductNode>()]))
        {
            return false;
        }

        var consumers = (await Broker.Get("consumers/" + BrokerCluster.VirtualHost))
            .EnumerateArray()
            .Select(consumer => consumer.GetProperty("queue").GetProperty("name").GetString())
            .ToHashSet(StringComparer.Ordinal);
        return ProductNodes.Services.All(consumers.Contains) && (Nodes.Errands is not { } errands || consumers.Contains(errands.Name));
    }

    private async Task<bool> AreReady(IEnumerable<ProductNode> orchestrators)
    {
        foreach (var api in orchestrators.Select(node => node.Api!))
        {
            using var answer = await http.GetAsync(new Uri(api, "/health/ready"));
            if (!answer.IsSuccessStatusCode)
            {
                return false;
            }
        }

        return true;
    }
}
