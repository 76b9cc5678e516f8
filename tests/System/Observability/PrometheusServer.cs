using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>
/// Debian's Prometheus with this repository's configuration. Only how often it looks, where, and how long an alert waits are a test's own.
/// </summary>
internal sealed partial class PrometheusServer : IAsyncDisposable
{
    private const string Often = "1s";

    private readonly string folder = Directory.CreateTempSubdirectory("prometheus").FullName;
    private readonly int port = FreePort.Find();
    private readonly HttpClient client;
    private readonly Process process;

    private PrometheusServer(IEnumerable<int> services, int broker)
    {
        Configure(services, broker);
        client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        process = Process.Start(
            new ProcessStartInfo(
                "/usr/bin/prometheus",
                [
                    $"--config.file={folder}/prometheus.yml",
                    $"--storage.tsdb.path={folder}/data",
                    $"--web.listen-address=127.0.0.1:{port}",
                    "--enable-feature=exemplar-storage",
                    "--log.level=error",
                ]
            )
            {
                UseShellExecute = false,
            }
        )!;
    }

    public static async Task<PrometheusServer> Start(IEnumerable<int> services, int broker)
    {
        var server = new PrometheusServer(services, broker);
        await Eventually.True(server.IsReady, "Prometheus is ready");
        return server;
    }

    /// <summary>What an expression gives now.</summary>
    public async Task<IReadOnlyList<JsonElement>> Query(string expression)
    {
        var answer = await client.GetFromJsonAsync<JsonElement>($"/api/v1/query?query={Uri.EscapeDataString(expression)}");
        return [.. answer.GetProperty("data").GetProperty("result").EnumerateArray()];
    }

    /// <summary>The names of all series that were ever scraped or recorded.</summary>
    public async Task<IReadOnlySet<string>> Names() =>
        (await client.GetFromJsonAsync<JsonElement>("/api/v1/label/__name__/values")).GetProperty("data").Strings().ToHashSet();

    /// <summary>The traces that the exemplars of a series lead to.</summary>
    public async Task<IReadOnlySet<string>> Exemplars(string series)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var answer = await client.GetFromJsonAsync<JsonElement>(
            $"/api/v1/query_exemplars?query={Uri.EscapeDataString(series)}&start={now - 600}&end={now + 60}"
        );
        return answer
            .GetProperty("data")
            .EnumerateArray()
            .SelectMany(one => one.GetProperty("exemplars").EnumerateArray())
            .Select(exemplar => exemplar.GetProperty("labels").GetProperty("trace_id").GetString()!)
            .ToHashSet();
    }

    /// <summary>Whether an alert fires that has the label.</summary>
    public async Task<bool> Fires(string alert, string? label = null, string? value = null)
    {
        var answer = await client.GetFromJsonAsync<JsonElement>("/api/v1/alerts");
        return answer
            .GetProperty("data")
            .GetProperty("alerts")
            .EnumerateArray()
            .Where(one => one.GetProperty("state").GetString() == "firing")
            .Select(one => one.GetProperty("labels"))
            .Any(labels =>
                labels.GetProperty("alertname").GetString() == alert && (label is null || labels.GetProperty(label).GetString() == value)
            );
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Configure(IEnumerable<int> services, int broker)
    {
        var configuration = File.ReadAllText(Path.Combine(Infra.Folder, "prometheus.yml"));
        File.WriteAllText($"{folder}/prometheus.yml", Interval().Replace(configuration, $"_interval: {Often}"));
        // The expressions stay as they are.
        File.WriteAllText($"{folder}/rules.yml", Patience().Replace(File.ReadAllText(Infra.Rules), "for: 1s"));
        Directory.CreateDirectory($"{folder}/targets");
        File.WriteAllText($"{folder}/targets/saga.yml", Targets(services));
        File.WriteAllText($"{folder}/targets/rabbitmq.yml", Targets([broker]));
    }

    private static string Targets(IEnumerable<int> ports) =>
        $"- targets: [{string.Join(", ", ports.Select(one => $"\"127.0.0.1:{one}\""))}]\n";

    private async Task<bool> IsReady()
    {
        try
        {
            return (await client.GetAsync("/-/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"_interval: \S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Interval();

    [GeneratedRegex(@"for: \S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Patience();
}
