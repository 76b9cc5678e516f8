using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Certify.Broker;

/// <summary>RabbitMQ's management API: it tells of a participant what its answers do not.</summary>
internal sealed class ManagementApi : IDisposable
{
    private readonly HttpClient client;
    private readonly string where;
    private readonly string host;
    private readonly string queue;

    private ManagementApi(Uri address, string virtualHost, string queue, Authorities? authorities)
    {
        (where, host, this.queue) = ($"{address.Host}:{address.Port}", Uri.EscapeDataString(virtualHost), queue);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (authorities is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = authorities.Trust;
        }

        client = new HttpClient(handler) { BaseAddress = new Uri($"{address.Scheme}://{where}"), Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)))
        );
    }

    /// <summary>Asks it once, so that a wrong address is known before anything is judged.</summary>
    public static async Task<ManagementApi> Open(
        Uri address,
        string virtualHost,
        string queue,
        Authorities? authorities,
        CancellationToken cancellationToken
    )
    {
        var api = new ManagementApi(address, virtualHost, queue, authorities);
        try
        {
            await api.Queue(cancellationToken);
            return api;
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    /// <summary>Of each consumer of the queue.</summary>
    public async Task<int[]> Prefetches(CancellationToken cancellationToken)
    {
        var consumers = await Get($"/api/consumers/{host}", cancellationToken) as JsonArray ?? throw NotOne();
        return [.. consumers.Where(one => Text(one?["queue"]?["name"]) == queue).Select(one => (int)one!["prefetch_count"]!)];
    }

    /// <summary>How many deliveries of the queue are unacknowledged, or were some seconds ago; null when it does not tell.</summary>
    public async Task<long?> Unacknowledged(CancellationToken cancellationToken) =>
        (long?)(await Queue(cancellationToken))["messages_unacknowledged"];

    public void Dispose() => client.Dispose();

    private async Task<JsonObject> Queue(CancellationToken cancellationToken)
    {
        var answer = await Get($"/api/queues/{host}/{Uri.EscapeDataString(queue)}", cancellationToken) as JsonObject;
        return answer is not null && Text(answer["name"]) == queue ? answer : throw NotOne();
    }

    private async Task<JsonNode?> Get(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetFromJsonAsync<JsonNode>(path, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new CannotRunException(
                $"RabbitMQ's management API at {where} refuses the user or its password. Give them with --console.",
                exception
            );
        }
        catch (HttpRequestException exception) when (exception.StatusCode is null)
        {
            throw Silent(exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Silent(exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or NotSupportedException)
        {
            throw NotOne(exception);
        }
    }

    private CannotRunException Silent(Exception exception) =>
        new($"No management API of RabbitMQ answers at {where}. Start it, or give another address with --console.", exception);

    private CannotRunException NotOne(Exception? exception = null) =>
        new(
            $"What answers at {where} is no management API of RabbitMQ that has the queue '{queue}'. Give another address with --console.",
            exception
        );

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
