using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace SagaOrchestrator.Tests.Feeds;

/// <summary>A stream of server-sent events, read by hand.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage answer;
    private readonly IAsyncEnumerator<SseItem<string>> items;
    private readonly CancellationTokenSource end = new();

    private EventStream(HttpResponseMessage answer, Stream body)
    {
        this.answer = answer;
        items = SseParser.Create(body).EnumerateAsync(end.Token).GetAsyncEnumerator(end.Token);
    }

    public static async Task<EventStream> Open(HttpClient api, string path, string? lastSeen = null)
    {
        var opened = await Ask(api, path, lastSeen);
        opened.StatusCode.ShouldBe(HttpStatusCode.OK);
        opened.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var stream = new EventStream(opened, await opened.Content.ReadAsStreamAsync());
        (await stream.Next())!.Value.EventType.ShouldBe("hello");
        return stream;
    }

    public static Task<HttpResponseMessage> Ask(HttpClient api, string path, string? lastSeen = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/event-stream" } } };
        if (lastSeen is not null)
        {
            request.Headers.Add("Last-Event-ID", lastSeen);
        }

        return api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The next event, pings left out; null at the end of the stream.</summary>
    public async Task<SseItem<string>?> Next()
    {
        do
        {
            if (!await items.MoveNextAsync().AsTask().WaitAsync(Patience))
            {
                return null;
            }
        } while (items.Current.EventType == "ping");
        return items.Current;
    }

    /// <summary>The next event that is so.</summary>
    public async Task<SseItem<string>> Next(Func<JsonElement, bool> isIt)
    {
        while (await Next() is { } next)
        {
            if (isIt(JsonDocument.Parse(next.Data).RootElement))
            {
                return next;
            }
        }

        throw new InvalidOperationException("The stream ended before.");
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        answer.Dispose();
        end.Dispose();
    }
}
