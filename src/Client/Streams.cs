using System.Diagnostics;
using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace SagaOrchestrator.Client;

/// <summary>Reads server-sent events, and reconnects behind the last one that was read.</summary>
internal static class Streams
{
    // The API sends a ping every 15 seconds. Whoever hears nothing for this long is not connected any more.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Well = TimeSpan.FromSeconds(1);

    public static async IAsyncEnumerable<SagaEntry> OfSaga(
        ApiCalls calls,
        Repeats repeats,
        Guid saga,
        int after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (true)
        {
            using (var stream = await calls.Open($"api/v1/sagas/{saga}/events?after={after}", repeats, cancellationToken))
            {
                if (stream.StatusCode == HttpStatusCode.NoContent)
                {
                    yield break;
                }

                var (opened, heard) = (Stopwatch.GetTimestamp(), false);
                await foreach (var entry in Entries(stream, cancellationToken))
                {
                    (after, heard) = (entry.Version, true);
                    repeats.Succeeded();
                    yield return entry;
                }

                if (heard)
                {
                    continue;
                }

                // One that stayed open was well, although nothing happened. One that ends at once is asked for again after a while.
                if (Stopwatch.GetElapsedTime(opened) > Well)
                {
                    repeats.Succeeded();
                }
                else if (Refusals.EndsAtOnce(saga) is var failure && !repeats.MayGoOn(failure, null))
                {
                    throw failure;
                }
            }

            await repeats.Pause(null, cancellationToken);
        }
    }

    // Ends when the stream does, however: opened again behind the last entry, the API answers that nothing follows, or goes on.
    private static async IAsyncEnumerable<SagaEntry> Entries(
        HttpResponseMessage stream,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var body = await stream.Content.ReadAsStreamAsync(cancellationToken);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var events = SseParser.Create(body).EnumerateAsync(silence.Token).GetAsyncEnumerator(silence.Token);
        while (await IsThere(events, silence, cancellationToken))
        {
            if (events.Current is { EventId: { Length: > 0 }, Data: { Length: > 0 } data })
            {
                yield return JsonSerializer.Deserialize<SagaEntry>(data, SagaJson.Options)!;
            }
        }
    }

    private static async Task<bool> IsThere(
        IAsyncEnumerator<SseItem<string>> events,
        CancellationTokenSource silence,
        CancellationToken cancellationToken
    )
    {
        silence.CancelAfter(Silence);
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception exception)
            when (exception is IOException or HttpRequestException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested
            )
        {
            return false;
        }
    }
}
