using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SagaOrchestrator.Fuzz.Generating;
using SagaOrchestrator.Fuzz.Sending;

namespace SagaOrchestrator.Fuzz.Judging;

/// <summary>What the broker says of connections and queues.</summary>
internal sealed class BrokerWatch : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly HttpClient http;

    public BrokerWatch(Uri console)
    {
        http = new HttpClient { BaseAddress = new Uri($"http://{console.Authority}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(console.UserInfo))
        );
    }

    /// <summary>The connections of the services: one that was broken and made anew has another name.</summary>
    public async Task<IReadOnlyList<string>> ServiceConnections(CancellationToken cancellationToken) =>
        [
            .. (await http.GetFromJsonAsync<JsonElement>("/api/connections", cancellationToken))
                .EnumerateArray()
                .Where(connection => NameGiven(connection) != MessageSender.ConnectionName)
                .Select(connection => $"{connection.GetProperty("user").GetString()} {connection.GetProperty("name").GetString()}"),
        ];

    /// <summary>Waits until no queue has a message that is not a dead letter.</summary>
    /// <returns>Those that keep some.</returns>
    public async Task<IReadOnlyList<string>> WaitUntilEmpty(CancellationToken cancellationToken)
    {
        var giveUp = DateTime.UtcNow + Patience;
        var quiet = 0;
        while (true)
        {
            var left = await Left(cancellationToken);
            quiet = left.Count == 0 ? quiet + 1 : 0;
            // The console's numbers are some seconds old.
            if (quiet > 6 || DateTime.UtcNow > giveUp)
            {
                return left;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<IReadOnlyList<string>> Left(CancellationToken cancellationToken)
    {
        var queues = await http.GetFromJsonAsync<JsonElement>("/api/queues/saga", cancellationToken);
        return
        [
            .. queues
                .EnumerateArray()
                .Where(queue =>
                    MessageDraw.Queues.Contains(queue.GetProperty("name").GetString())
                    && queue.TryGetProperty("messages", out var messages)
                    && messages.GetInt64() > 0
                )
                .Select(queue => $"{queue.GetProperty("name").GetString()} keeps {queue.GetProperty("messages").GetInt64()}"),
        ];
    }

    private static string? NameGiven(JsonElement connection) =>
        connection.TryGetProperty("client_properties", out var properties)
        && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty("connection_name", out var name)
            ? name.GetString()
            : null;
}
