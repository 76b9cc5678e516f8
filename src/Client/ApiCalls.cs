using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace SagaOrchestrator.Client;

/// <summary>Calls the API: in the caller's name, again where that is safe, with words for what is refused.</summary>
internal sealed class ApiCalls(HttpClient http, SagaClientOptions options)
{
    private const string EventStream = "text/event-stream";
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(40);

    /// <summary>Under it, relative addresses keep the prefix under which a host maps the API.</summary>
    public static Uri Slashed(Uri address) =>
        address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/", UriKind.Absolute);

    /// <summary>Repeats of one call, by the patience that the client is given.</summary>
    public Repeats Patience() => new(options.Patience);

    /// <summary>A read, which may always be repeated.</summary>
    public async Task<T> Read<T>(string path, Repeats repeats, CancellationToken cancellationToken)
    {
        using var answer = await Call(
            () => new HttpRequestMessage(HttpMethod.Get, path),
            HttpCompletionOption.ResponseContentRead,
            isRepeatable: true,
            repeats,
            cancellationToken
        );
        return await Body<T>(answer, cancellationToken);
    }

    /// <summary>The same; null when there is no such saga.</summary>
    public async Task<SagaStatus?> Find(string path, Repeats repeats, CancellationToken cancellationToken)
    {
        try
        {
            return await Read<SagaStatus>(path, repeats, cancellationToken);
        }
        catch (SagaClientException exception) when (exception.Code == "unknown-saga")
        {
            return null;
        }
    }

    /// <summary>
    /// Sends something. Repeated when the API says that nothing was done; without an answer only where a second one is harmless.
    /// </summary>
    public async Task<(HttpStatusCode Status, SagaStatus Saga)> Post<T>(
        string path,
        T body,
        bool isIdempotent,
        CancellationToken cancellationToken
    )
    {
        using var answer = await Call(
            () => new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: SagaJson.Options) },
            HttpCompletionOption.ResponseContentRead,
            isIdempotent,
            Patience(),
            cancellationToken
        );
        return (answer.StatusCode, await Body<SagaStatus>(answer, cancellationToken));
    }

    /// <summary>Opens a stream: only until its headers are there. Whoever reads it opens it anew when it breaks.</summary>
    public async Task<HttpResponseMessage> Open(string path, Repeats repeats, CancellationToken cancellationToken)
    {
        var answer = await Call(
            () => new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Accept = { new(EventStream) } } },
            HttpCompletionOption.ResponseHeadersRead,
            isRepeatable: true,
            repeats,
            cancellationToken
        );
        if (answer.StatusCode == HttpStatusCode.NoContent || answer.Content.Headers.ContentType?.MediaType == EventStream)
        {
            return answer;
        }

        using (answer)
        {
            throw Refusals.NoApi(http.BaseAddress);
        }
    }

    private async Task<HttpResponseMessage> Call(
        Func<HttpRequestMessage> make,
        HttpCompletionOption completion,
        bool isRepeatable,
        Repeats repeats,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            try
            {
                using var request = make();
                return await Once(request, completion, cancellationToken);
            }
            catch (RefusedException refused)
                when (refused.Failure.IsTransient
                    && (isRepeatable || Refusals.SaysNothingWasDone(refused.Failure.Status))
                    && repeats.MayGoOn(refused.Failure, refused.After)
                )
            {
                await repeats.Pause(refused.After, cancellationToken);
            }
            catch (RefusedException refused)
            {
                throw refused.Failure;
            }
        }
    }

    private async Task<HttpResponseMessage> Once(
        HttpRequestMessage request,
        HttpCompletionOption completion,
        CancellationToken cancellationToken
    )
    {
        await Name(request.Headers, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(AnswersWithin);
        try
        {
            var answer = await http.SendAsync(request, completion, patience.Token);
            if (answer.IsSuccessStatusCode)
            {
                return answer;
            }

            using (answer)
            {
                throw await Refusals.Of(answer, patience.Token);
            }
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            throw Refusals.NoAnswer(http.BaseAddress, exception);
        }
    }

    private async Task<T> Body<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return (await answer.Content.ReadFromJsonAsync<T>(SagaJson.Options, cancellationToken))!;
        }
        catch (JsonException exception)
        {
            throw Refusals.NoApi(http.BaseAddress, exception);
        }
    }

    private async Task Name(HttpRequestHeaders headers, CancellationToken cancellationToken)
    {
        if (options.ApiKey is { } key)
        {
            headers.Add("X-Api-Key", key);
        }
        else if (options.Token is { } token)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", await token(cancellationToken));
        }
    }
}
