using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;

namespace SagaOrchestrator.Console.Api;

/// <summary>The API, as far as the console uses it. All that the console knows and does goes through here.</summary>
internal sealed class ApiClient(ApiAddress address, IServer server) : IDisposable
{
    private const string V1 = "api/v1/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new(
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), UseCookies = false }
    )
    {
        // Streams have no end; what has one is bounded below.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public Task<SagaPage> Sagas(string query, CancellationToken cancellationToken) => Get<SagaPage>($"{V1}sagas{query}", cancellationToken);

    public Task<SagaCounts> Summary(CancellationToken cancellationToken) => Get<SagaCounts>(V1 + "sagas/summary", cancellationToken);

    public Task<StatisticsAnswer> Statistics(CancellationToken cancellationToken) =>
        Get<StatisticsAnswer>(V1 + "statistics", cancellationToken);

    public Task<ItemsOf<ParticipantItem>> Participants(CancellationToken cancellationToken) =>
        Get<ItemsOf<ParticipantItem>>(V1 + "participants", cancellationToken);

    public Task<ItemsOf<SagaTypeItem>> SagaTypes(CancellationToken cancellationToken) =>
        Get<ItemsOf<SagaTypeItem>>(V1 + "saga-types", cancellationToken);

    public Task<SagaStatus> Saga(Guid id, CancellationToken cancellationToken) => Get<SagaStatus>($"{V1}sagas/{id}", cancellationToken);

    public Task<Explanation> Explain(Guid id, CancellationToken cancellationToken) =>
        Get<Explanation>($"{V1}sagas/{id}/explain", cancellationToken);

    public Task<HistoryPart> History(Guid id, int after, CancellationToken cancellationToken) =>
        Get<HistoryPart>($"{V1}sagas/{id}/history?after={after}", cancellationToken);

    public Task<BulkJobs> BulkJobs(Guid? after, CancellationToken cancellationToken) =>
        Get<BulkJobs>(V1 + "bulk-jobs" + (after is null ? string.Empty : $"?after={after}"), cancellationToken);

    public Task<BulkJob> BulkJob(Guid id, CancellationToken cancellationToken) => Get<BulkJob>($"{V1}bulk-jobs/{id}", cancellationToken);

    public Task<BulkItems> BulkItems(Guid id, string query, CancellationToken cancellationToken) =>
        Get<BulkItems>($"{V1}bulk-jobs/{id}/items{query}", cancellationToken);

    public Task<BulkPreview> Look(BulkOrder order, CancellationToken cancellationToken) =>
        Post<BulkPreview>(V1 + "bulk-jobs", order with { DryRun = true }, cancellationToken);

    public Task<BulkJob> Begin(BulkOrder order, CancellationToken cancellationToken) =>
        Post<BulkJob>(V1 + "bulk-jobs", order with { DryRun = false }, cancellationToken);

    /// <summary>Posts to a path that the API itself has named, such as that of an action.</summary>
    public Task<JsonElement> Act(string href, object body, CancellationToken cancellationToken) =>
        Post<JsonElement>(href[Math.Max(0, href.IndexOf(V1, StringComparison.Ordinal))..], body, cancellationToken);

    public Task<JsonElement> SetBreaker(string kind, string name, object body, CancellationToken cancellationToken) =>
        Post<JsonElement>($"{V1}{kind}/{Uri.EscapeDataString(name)}/breaker", body, cancellationToken);

    /// <summary>How the node that is asked stands. A node that cannot work says so in the same form.</summary>
    public async Task<Readiness> Health(CancellationToken cancellationToken)
    {
        using var answer = await Send(HttpMethod.Get, "health/ready", null, cancellationToken);
        return answer.IsSuccessStatusCode || answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable
            ? await ApiAnswers.Read<Readiness>(answer, Address(), cancellationToken)
            : throw await ApiAnswers.Failure(answer, cancellationToken);
    }

    public async Task<string> Diagram(Guid id, CancellationToken cancellationToken)
    {
        using var answer = await Send(HttpMethod.Get, $"{V1}sagas/{id}/diagram?format=svg", null, cancellationToken);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadAsStringAsync(cancellationToken)
            : throw await ApiAnswers.Failure(answer, cancellationToken);
    }

    /// <summary>What happens to a saga from a version on, until it has ended.</summary>
    public async IAsyncEnumerable<HistoryItem> Follow(Guid id, int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address(), $"{V1}sagas/{id}/events?after={after}"));
        Sign(request);
        using var answer = await Called(
            () => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken),
            cancellationToken
        );
        if (!answer.IsSuccessStatusCode)
        {
            throw await ApiAnswers.Failure(answer, cancellationToken);
        }

        if (answer.StatusCode == System.Net.HttpStatusCode.NoContent)
        {
            yield break;
        }

        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            if (item.EventType is not ("hello" or "ping"))
            {
                yield return JsonSerializer.Deserialize<HistoryItem>(item.Data, JsonSerializerOptions.Web)!;
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<T> Get<T>(string path, CancellationToken cancellationToken)
    {
        using var answer = await Send(HttpMethod.Get, path, null, cancellationToken);
        return answer.IsSuccessStatusCode
            ? await ApiAnswers.Read<T>(answer, Address(), cancellationToken)
            : throw await ApiAnswers.Failure(answer, cancellationToken);
    }

    private async Task<T> Post<T>(string path, object body, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(Named(body));
        using var answer = await Send(HttpMethod.Post, path, content, cancellationToken);
        return answer.IsSuccessStatusCode
            ? await ApiAnswers.Read<T>(answer, Address(), cancellationToken)
            : throw await ApiAnswers.Failure(answer, cancellationToken);
    }

    // Who has a key acts in its name, and the API refuses another one beside it.
    private JsonNode? Named(object body)
    {
        var json = JsonSerializer.SerializeToNode(body, ApiJson.Options);
        if (address.ApiKey is not null)
        {
            json?.AsObject().Remove("by");
        }

        return json;
    }

    private void Sign(HttpRequestMessage request)
    {
        if (address.ApiKey is { } key)
        {
            request.Headers.Add("X-Api-Key", key);
        }
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address(), path)) { Content = content };
        Sign(request);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        return await Called(() => http.SendAsync(request, patience.Token), cancellationToken);
    }

    private async Task<HttpResponseMessage> Called(Func<Task<HttpResponseMessage>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception exception)
            when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw ApiAnswers.Away(Address(), exception);
        }
    }

    private Uri Address() =>
        address.Of(server)
        ?? throw new ApiFailureException("The console does not know where the API is.", "Set Console:Api to the address of the API.");
}
