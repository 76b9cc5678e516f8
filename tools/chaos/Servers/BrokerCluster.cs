using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SagaOrchestrator.Chaos.Nodes;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Servers;

/// <summary>Three nodes on the loopback, or one, with the product's users, queues and policies.</summary>
internal sealed class BrokerCluster : IAsyncDisposable
{
    public const string VirtualHost = "saga";
    private const int MostStarts = 3;
    private static readonly TimeSpan TimeToStart = TimeSpan.FromSeconds(90);
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Journal journal;

    public BrokerCluster(BrokerSetup setup, string folder, string logs, int portBase, string supervisor, Journal journal)
    {
        Setup = setup;
        this.journal = journal;
        Directory.CreateDirectory(folder);
        Disk = setup.SmallDisks ? SmallDisk.Mount(folder, "1g") : null;
        var cookie = Path.Combine(folder, ".erlang.cookie");
        File.WriteAllText(cookie, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        File.SetUnixFileMode(cookie, UnixFileMode.UserRead);
        File.WriteAllText(Path.Combine(folder, "enabled_plugins"), "[rabbitmq_management].");
        Nodes = [.. Enumerable.Range(1, setup.Nodes).Select(number => new BrokerNode(number, folder, logs, portBase, setup, supervisor))];
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:admin-dev"))
        );
    }

    public IReadOnlyList<BrokerNode> Nodes { get; }

    public BrokerSetup Setup { get; }

    /// <summary>Where it keeps its data, when that can be filled.</summary>
    public SmallDisk? Disk { get; }

    /// <summary>Starts the nodes, makes them one cluster, and makes what the product needs, on all of them.</summary>
    public async Task Create(string definitionsFile)
    {
        foreach (var node in Nodes)
        {
            node.Start();
            // One after another: they register with the name server that the first one starts.
            await Answers(node);
        }

        foreach (var node in Nodes.Skip(1))
        {
            await node.Control("stop_app");
            await node.Control("reset");
            await node.Control("join_cluster", Nodes[0].Name);
            await node.Control("start_app");
        }

        await Answers(Nodes[^1]);
        using var definitions = new StringContent(await File.ReadAllTextAsync(definitionsFile), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(Console(Nodes[0], "definitions"), definitions);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"RabbitMQ refused the definitions: {await answer.Content.ReadAsStringAsync()}");
        }

        // What it sends a second time has the user id of who sent it first, as if the broker had delivered it twice.
        await Nodes[0].Control("set_user_tags", "admin", "administrator", "impersonator");
        foreach (var node in Nodes.Where(_ => Nodes.Count > 1))
        {
            node.Supervisor.Start();
        }
    }

    /// <summary>
    /// Waits until a node serves everything. Nodes that start at the same time can trip each other up: one ends, or waits for another
    /// without end. Their service manager starts them again.
    /// </summary>
    public async Task Answers(BrokerNode node)
    {
        for (var start = 1; !await Wait.Until(() => IsServing(node), TimeToStart); start++)
        {
            if (start == MostStarts)
            {
                throw new InvalidOperationException(
                    $"{node.Script.Name} was started {MostStarts} times and did not answer within {TimeToStart.TotalSeconds:0} seconds of "
                        + $"any. See {node.Script.Log}"
                );
            }

            journal.Write("hung", $"{node.Script.Name} has not answered since its start, and is started again");
            await node.Kill();
            node.Start();
        }

        await node.Control("await_startup", "--timeout", "60");
    }

    private async Task<bool> IsServing(BrokerNode node)
    {
        if (node.Script.StartIfEnded() is { } status)
        {
            journal.Write(
                "ended",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{node.Script.Name} ended by itself with status {status}, and was started again"
                )
            );
        }

        return (await http.GetAsync(Console(node, "overview"))).IsSuccessStatusCode;
    }

    /// <summary>Asks whichever node answers first.</summary>
    public async Task<JsonElement> Get(string path)
    {
        Exception? last = null;
        foreach (var node in Nodes.Where(node => node.IsUp))
        {
            try
            {
                return await http.GetFromJsonAsync<JsonElement>(Console(node, path));
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException)
            {
                last = exception;
            }
        }

        throw new InvalidOperationException($"No node of the broker answers {path}.", last);
    }

    /// <summary>Whether no message waits for a service. Dead letters do not count, nor what the driver listens to.</summary>
    public async Task<bool> IsEmpty() => await Waiting() == 0;

    /// <summary>How many messages wait for a service, or are with it. Throws when that is not known of a queue.</summary>
    public async Task<long> Waiting() =>
        (await Get("queues/" + VirtualHost))
            .EnumerateArray()
            .Where(queue => ProductNodes.Services.Append("orchestrator").Contains(queue.GetProperty("name").GetString()))
            .Sum(queue =>
                queue.TryGetProperty("messages", out var messages)
                    ? messages.GetInt64()
                    : throw new InvalidOperationException(
                        $"The broker does not know how many messages queue {queue.GetProperty("name")} has."
                    )
            );

    /// <summary>
    /// Writes down what the broker knows of queues, their consumers and their channels, for whoever looks for the reason of a run without
    /// rest.
    /// </summary>
    public async Task Describe(string file)
    {
        await using var text = File.CreateText(file);
        foreach (var path in (string[])["queues/" + VirtualHost, "consumers/" + VirtualHost, "channels", "connections"])
        {
            await text.WriteLineAsync($"{path}\n{await Get(path)}\n");
        }

        foreach (var queue in ProductNodes.Services.Append("orchestrator"))
        {
            var state = $"ra:leader_query({{'{VirtualHost}_{queue}', node()}}, fun(S) -> S end).";
            await text.WriteLineAsync($"{queue}\n{await Nodes.First(node => node.IsUp).Control("eval", state)}\n");
        }
    }

    /// <summary>The nodes that a node believes to be cut off from; empty when all is well, null when it does not say.</summary>
    public async Task<IReadOnlyList<string>?> PartitionsSeenBy(BrokerNode node)
    {
        try
        {
            var nodes = await http.GetFromJsonAsync<JsonElement>(Console(node, "nodes"));
            var self = nodes.EnumerateArray().First(found => found.GetProperty("name").GetString() == node.Name);
            return self.TryGetProperty("partitions", out var partitions)
                ? [.. partitions.EnumerateArray().Select(other => other.GetString()!)]
                : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Takes the messages of a queue out, or looks at them.</summary>
    public async Task<IReadOnlyList<JsonElement>> Read(string queue, int count, bool take)
    {
        using var answer = await http.PostAsJsonAsync(
            Console(Nodes.First(node => node.IsUp), $"queues/{VirtualHost}/{queue}/get"),
            new
            {
                count,
                ackmode = take ? "ack_requeue_false" : "ack_requeue_true",
                encoding = "auto",
            }
        );
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray()];
    }

    /// <summary>A quorum queue of the driver's own behind an exchange.</summary>
    public async Task Subscribe(string queue, string exchange)
    {
        using var made = await http.PutAsJsonAsync(
            Console(Nodes[0], $"queues/{VirtualHost}/{queue}"),
            new { durable = true, arguments = new Dictionary<string, string> { ["x-queue-type"] = "quorum" } }
        );
        made.EnsureSuccessStatusCode();
        using var bound = await http.PostAsJsonAsync(
            Console(Nodes[0], $"bindings/{VirtualHost}/e/{Uri.EscapeDataString(exchange)}/q/{queue}"),
            new { routing_key = string.Empty }
        );
        bound.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Nodes[0].StopNameServer();
        Disk?.Dispose();
        http.Dispose();
    }

    private static Uri Console(BrokerNode node, string path) => new($"http://127.0.0.1:{node.ConsolePort}/api/{path}");
}
