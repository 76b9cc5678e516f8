using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>The API behind the RabbitMQ management console.</summary>
internal sealed class BrokerConsole : IDisposable
{
    private readonly HttpClient client;

    public BrokerConsole(Uri console)
    {
        (User, Password) = console.UserInfo.Split(':', 2) is [var user, var password] ? (user, password) : (string.Empty, string.Empty);
        client = new HttpClient { BaseAddress = new Uri($"http://{console.Authority}") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(console.UserInfo))
        );
    }

    public string User { get; }

    public string Password { get; }

    public Task<JsonElement> Overview() => Get("/api/overview");

    /// <summary>The process of the broker, which tells it some seconds after its start.</summary>
    public async Task<int> ProcessId(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (var attempt = 0; attempt < 60; attempt++)
        {
            if ((await Get("/api/nodes"))[0].TryGetProperty("os_pid", out var id))
            {
                return int.Parse(id.GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        throw new BenchmarkFailure("RabbitMQ does not tell its process id.");
    }

    /// <summary>How many messages were published in a virtual host; the broker counts every five seconds.</summary>
    public async Task<long> Published(string host) =>
        (await Get($"/api/vhosts/{host}")).TryGetProperty("message_stats", out var stats)
        && stats.TryGetProperty("publish", out var published)
            ? published.GetInt64()
            : 0;

    public async Task<IReadOnlyDictionary<string, string>> QueueTypes(string host) =>
        (await Get($"/api/queues/{host}"))
            .EnumerateArray()
            .ToDictionary(queue => queue.GetProperty("name").GetString()!, queue => queue.GetProperty("type").GetString()!);

    /// <summary>How many messages each queue holds, taken ones included; the broker counts every five seconds.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Depths(string host) =>
        (await Get($"/api/queues/{host}"))
            .EnumerateArray()
            .ToDictionary(
                queue => queue.GetProperty("name").GetString()!,
                queue => queue.TryGetProperty("messages", out var messages) ? messages.GetInt64() : 0
            );

    /// <summary>An empty virtual host, with the queues of a definitions file when one is given.</summary>
    public async Task CreateVirtualHost(string host, string? definitions)
    {
        await DeleteVirtualHost(host);
        await Put($"/api/vhosts/{host}", new { });
        await Put(
            $"/api/permissions/{host}/{User}",
            new
            {
                configure = ".*",
                write = ".*",
                read = ".*",
            }
        );
        if (definitions is not null)
        {
            await Import(host, JsonNode.Parse(await File.ReadAllTextAsync(definitions))!.AsObject());
        }
    }

    public async Task DeleteVirtualHost(string host) => (await client.DeleteAsync($"/api/vhosts/{host}")).Dispose();

    public void Dispose() => client.Dispose();

    private async Task Import(string host, JsonObject definitions)
    {
        foreach (var permission in definitions["permissions"]!.AsArray())
        {
            await Put($"/api/permissions/{host}/{permission!["user"]}", permission);
        }

        var scoped = new JsonObject();
        foreach (var section in new[] { "exchanges", "queues", "bindings", "policies" })
        {
            scoped[section] = new JsonArray([.. definitions[section]!.AsArray().Select(WithoutHost)]);
        }

        using var answer = await client.PostAsync($"/api/definitions/{host}", JsonContent.Create<JsonNode>(scoped));
        await Accepted(answer, "the definitions");
    }

    private static JsonNode WithoutHost(JsonNode? item)
    {
        var copy = item!.DeepClone().AsObject();
        copy.Remove("vhost");
        return copy;
    }

    private async Task<JsonElement> Get(string path) => await client.GetFromJsonAsync<JsonElement>(path);

    private async Task Put<T>(string path, T body)
    {
        using var answer = await client.PutAsJsonAsync(path, body);
        await Accepted(answer, path);
    }

    private static async Task Accepted(HttpResponseMessage answer, string what)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new BenchmarkFailure($"RabbitMQ refused {what}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
