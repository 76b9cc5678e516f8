using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Cli.Api;

/// <summary>The API, as one verb may use it. It calls no operation that the verb has not declared, so the list of verbs is true.</summary>
internal sealed class ApiClient : IDisposable
{
    private const string AnyJson = "application/json";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly HttpClient http;
    private readonly Credentials credentials;
    private readonly IReadOnlyCollection<Operation> declared;

    /// <param name="server">Where it is, with a slash at the end.</param>
    /// <param name="credentials">By what it knows the caller.</param>
    /// <param name="declared">What may be called.</param>
    /// <param name="warn">Tells the user what he should know.</param>
    public ApiClient(Uri server, Credentials credentials, IReadOnlyCollection<Operation> declared, Action<string> warn)
    {
        (Server, this.credentials, this.declared) = (server, credentials, declared);
        http = Line.Open(_ => credentials.AreKnown, warn);
        http.Timeout = Timeout.InfiniteTimeSpan;
    }

    public static string Version { get; } = typeof(ApiClient).Assembly.GetName().Version?.ToString(3) ?? "0";

    public Uri Server { get; }

    /// <summary>Whether the API knows the caller, so that he acts in his own name.</summary>
    public bool IsCallerKnown => credentials.AreKnown;

    public Task<ApiAnswer> Get(Operation operation, Query query, CancellationToken cancellationToken, params string[] values) =>
        Json(operation, query, null, null, values, cancellationToken);

    /// <param name="operation">What is asked for.</param>
    /// <param name="body">The body.</param>
    /// <param name="tag">The entity tag that the thing must still have; null for any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="values">The parameters of the path.</param>
    public Task<ApiAnswer> Post(
        Operation operation,
        JsonNode body,
        string? tag,
        CancellationToken cancellationToken,
        params string[] values
    ) => Json(operation, Query.None, body, tag, values, cancellationToken);

    /// <summary>An answer as it is, for example a picture, byte for byte.</summary>
    public async Task Copy(
        Operation operation,
        Query query,
        string accept,
        Stream to,
        CancellationToken cancellationToken,
        params string[] values
    )
    {
        using var request = Request(operation, query, values);
        request.Headers.Accept.ParseAdd(accept);
        using var answer = await Send(operation, request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await Called(() => answer.Content.CopyToAsync(to, cancellationToken), cancellationToken);
    }

    /// <summary>Events of the server, until it ends the stream.</summary>
    public async IAsyncEnumerable<SseItem<string>> Follow(
        Operation operation,
        Query query,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        params string[] values
    )
    {
        using var request = Request(operation, query, values);
        using var answer = await Send(operation, request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var items = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await Called(() => items.MoveNextAsync().AsTask(), cancellationToken))
        {
            if (items.Current.EventType is not ("hello" or "ping"))
            {
                yield return items.Current;
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<ApiAnswer> Json(
        Operation operation,
        Query query,
        JsonNode? body,
        string? tag,
        string[] values,
        CancellationToken cancellationToken
    )
    {
        using var request = Request(operation, query, values);
        request.Headers.Accept.ParseAdd(AnyJson);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, AnyJson);
        }

        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        using var answer = await Send(operation, request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        var text = await Called(() => answer.Content.ReadAsStringAsync(cancellationToken), cancellationToken);
        try
        {
            return new ApiAnswer((int)answer.StatusCode, text, answer.Headers.ETag?.ToString()) { Json = JsonElement.Parse(text) };
        }
        catch (JsonException exception)
        {
            throw Problems.NotTheApi(Server, exception);
        }
    }

    private HttpRequestMessage Request(Operation operation, Query query, string[] values)
    {
        if (!declared.Contains(operation))
        {
            throw new InvalidOperationException(
                $"The verb calls {operation.Name} and has not declared it. Name it where the verb is made."
            );
        }

        return new HttpRequestMessage(operation.Method, new Uri(Server, operation.Path(values) + query));
    }

    private async Task<HttpResponseMessage> Send(
        Operation operation,
        HttpRequestMessage request,
        HttpCompletionOption completion,
        CancellationToken cancellationToken
    )
    {
        credentials.Sign(request);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var answer = await Called(() => http.SendAsync(request, completion, patience.Token), cancellationToken);
        if (answer.IsSuccessStatusCode || (int)answer.StatusCode == operation.AnswersToo)
        {
            return answer;
        }

        using (answer)
        {
            var text = await Called(() => answer.Content.ReadAsStringAsync(patience.Token), cancellationToken);
            throw Problems.Of(answer, text, Server, await NextMove(Problems.CodeOf(answer, text), patience.Token));
        }
    }

    // The API has a page about each kind of problem. Whether it can be read changes nothing of the problem.
    private async Task<string?> NextMove(string? code, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server, Operations.GetProblem.Path([code ?? string.Empty])));
            request.Headers.Accept.ParseAdd(AnyJson);
            using var answer = code is null ? null : await http.SendAsync(request, cancellationToken);
            return answer?.IsSuccessStatusCode == true
                ? JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)).Text("nextMove")
                : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException)
        {
            return null;
        }
    }

    private Task<bool> Called(Func<Task> call, CancellationToken cancellationToken) =>
        Called(
            async () =>
            {
                await call();
                return true;
            },
            cancellationToken
        );

    private async Task<T> Called<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            throw Problems.Away(Server, exception);
        }
    }
}
