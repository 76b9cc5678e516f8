using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using SagaOrchestrator.Console.SignIn;

namespace SagaOrchestrator.Console.Api;

/// <summary>The API, as far as the console uses it. All that the console knows and does goes through here, in its user's name.</summary>
internal sealed class ApiClient(ApiAddress address, IServer server, ApiConnections connections, SignedInUser user)
{
    private const string V1 = "api/v1/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = connections.Http;

    /// <summary>What the caller may do. Everything else is refused by the API, whatever the console shows.</summary>
    public Task<Permissions> Permissions(CancellationToken cancellationToken) => Get<Permissions>(V1 + "permissions", cancellationToken);

    /// <summary>What operators did, the newest first.</summary>
    public Task<OperatorActionPage> OperatorActions(string query, CancellationToken cancellationToken) =>
        Get<OperatorActionPage>($"{V1}operator-actions{query}", cancellationToken);

    /// <summary>What needs somebody, the newest first.</summary>
    public Task<ItemsOf<AlarmItem>> Alarms(CancellationToken cancellationToken) =>
        Get<ItemsOf<AlarmItem>>(V1 + "alarms", cancellationToken);

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

    /// <summary>What is encrypted of a saga. That it was seen, by whom and why, the API writes down before it answers.</summary>
    public Task<RevealedValues> Reveal(Guid id, string by, string reason, CancellationToken cancellationToken) =>
        Post<RevealedValues>($"{V1}sagas/{id}/reveal", new { By = by, Reason = reason }, cancellationToken);

    public Task<HistoryPart> History(Guid id, int after, CancellationToken cancellationToken) =>
        Get<HistoryPart>($"{V1}sagas/{id}/history?after={after}", cancellationToken);

    public Task<BulkJobs> BulkJobs(Guid? after, CancellationToken cancellationToken) =>
        Get<BulkJobs>(V1 + "bulk-jobs" + (after is null ? string.Empty : $"?after={after}"), cancellationToken);

    public Task<BulkJob> BulkJob(Guid id, CancellationToken cancellationToken) => Get<BulkJob>($"{V1}bulk-jobs/{id}", cancellationToken);

    public Task<BulkItems> BulkItems(Guid id, string query, CancellationToken cancellationToken) =>
        Get<BulkItems>($"{V1}bulk-jobs/{id}/items{query}", cancellationToken);

    public Task<ItemsOf<DeadLetterGroup>> DeadLetterGroups(string query, CancellationToken cancellationToken) =>
        Get<ItemsOf<DeadLetterGroup>>($"{V1}dead-letters/groups{query}", cancellationToken);

    public Task<DeadLetterPage> DeadLetters(string query, CancellationToken cancellationToken) =>
        Get<DeadLetterPage>($"{V1}dead-letters{query}", cancellationToken);

    public Task<DeadLetter> DeadLetter(Guid id, CancellationToken cancellationToken) =>
        Get<DeadLetter>($"{V1}dead-letters/{id}", cancellationToken);

    /// <summary>A letter's bytes, or those that went in its place. Whoever reads the stream disposes it.</summary>
    public async Task<Stream> LetterBody(Guid id, bool isEdited, CancellationToken cancellationToken)
    {
        var path = $"{V1}dead-letters/{id}/body{(isEdited ? "?edited=true" : string.Empty)}";
        var answer = await Send(HttpMethod.Get, path, null, cancellationToken, HttpCompletionOption.ResponseHeadersRead);
        if (answer.IsSuccessStatusCode)
        {
            return await answer.Content.ReadAsStreamAsync(cancellationToken);
        }

        using (answer)
        {
            throw await ApiAnswers.Failure(answer, cancellationToken);
        }
    }

    public Task<TimersAnswer> Timers(string query, CancellationToken cancellationToken) =>
        Get<TimersAnswer>($"{V1}timers{query}", cancellationToken);

    public Task<ItemsOf<PlanItem>> Plans(CancellationToken cancellationToken) => Get<ItemsOf<PlanItem>>(V1 + "plans", cancellationToken);

    public Task<PlanDetails> Plan(string type, int version, CancellationToken cancellationToken) =>
        Get<PlanDetails>(PathOf(type, version), cancellationToken);

    public Task<PlanComparison> PlanDifferences(string type, int version, int from, CancellationToken cancellationToken) =>
        Get<PlanComparison>($"{PathOf(type, version)}/differences?from={from}", cancellationToken);

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

    public Task<string> Diagram(Guid saga, CancellationToken cancellationToken) => Draw($"{V1}sagas/{saga}", cancellationToken);

    public Task<string> Diagram(string type, int version, CancellationToken cancellationToken) =>
        Draw(PathOf(type, version), cancellationToken);

    /// <summary>What happens to a saga from a version on, until it has ended.</summary>
    public async IAsyncEnumerable<HistoryItem> Follow(Guid id, int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address(), $"{V1}sagas/{id}/events?after={after}"));
        await Sign(request, cancellationToken);
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

    private static string PathOf(string type, int version) => $"{V1}plans/{Uri.EscapeDataString(type)}/{version}";

    private async Task<string> Draw(string path, CancellationToken cancellationToken)
    {
        using var answer = await Send(HttpMethod.Get, path + "/diagram?format=svg", null, cancellationToken);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadAsStringAsync(cancellationToken)
            : throw await ApiAnswers.Failure(answer, cancellationToken);
    }

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

    // Whoever is known acts in his own name, and the API refuses another one beside it.
    private JsonNode? Named(object body)
    {
        var json = JsonSerializer.SerializeToNode(body, ApiJson.Options);
        if (address.ApiKey is not null || user.IsAsked)
        {
            json?.AsObject().Remove("by");
        }

        return json;
    }

    private async Task Sign(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (user.IsAsked)
        {
            var token = await user.Token(cancellationToken) ?? throw SessionEnd.Failure();
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        else if (address.ApiKey is { } key)
        {
            request.Headers.Add("X-Api-Key", key);
        }
    }

    private async Task<HttpResponseMessage> Send(
        HttpMethod method,
        string path,
        HttpContent? content,
        CancellationToken cancellationToken,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(Address(), path)) { Content = content };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        await Sign(request, patience.Token);
        return await Called(() => http.SendAsync(request, completion, patience.Token), cancellationToken);
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
