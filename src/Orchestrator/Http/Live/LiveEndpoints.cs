using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.GetHistory;
using SagaOrchestrator.Http.ListSagas;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.Live;

/// <summary>
/// Server-sent events. Nothing is kept for a reader: each one reads what is stored, from the last event that he has seen, so that a reader
/// that is cut off goes on without a gap, and a slow one costs no memory and is cut off by the server.
/// </summary>
internal static class LiveEndpoints
{
    private const int Page = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/{id:guid}/events", OfSaga)
            .WithName("followSaga")
            .WithSummary("What happens to a saga, as it happens")
            .WithDescription(
                "Server-sent events: one for each entry of the history, its version as id, its type as event, the entry as data. "
                    + "Last-Event-ID, or after, goes on behind a version. The stream ends with the saga; asked again behind the end, "
                    + "the answer is 204."
            )
            .Produces<string>(contentType: "text/event-stream")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet("/" + Routes.EventsName, OfSagas)
            .WithName("followSagas")
            .WithSummary("Sagas that match every filter, as they change")
            .WithDescription(
                "Server-sent events of the type saga: an item as in the list, its position as id, about a second after each "
                    + "change. Filters as in the list, but for key and sort. Last-Event-ID, or after, goes on behind a position; "
                    + "without it the stream begins now. A saga that has changed several times meanwhile comes once, as it is."
            )
            .WithMetadata(ColumnParameters.Taken, new TakesNot("key", "sort"))
            .Produces<string>(contentType: "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<IResult> OfSaga(
        Guid id,
        HttpContext http,
        SagaExplanations sagas,
        SagaReader reader,
        SagaFeeds feeds,
        OpenStreams open,
        [WholeNumber(0, long.MaxValue)] string? after,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var version = LastSeen(http, read, after) ?? 0;
        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        if (await reader.Get(id, cancellationToken) is not { } saga)
        {
            return Problem.UnknownSaga(id, ApiPaths.Of(http));
        }

        if (saga.EndedAt is not null && await sagas.Timeline(id, (int)Math.Min(version, int.MaxValue), 1, cancellationToken) is [])
        {
            return TypedResults.NoContent();
        }

        return open.Stream(
            http,
            token => Entries(id, (int)Math.Min(version, int.MaxValue), sagas, reader, feeds, token),
            cancellationToken
        );
    }

    private static async Task<IResult> OfSagas(
        HttpContext http,
        SagaFeeds feeds,
        OpenStreams open,
        [AsParameters] ListParameters asked,
        [WholeNumber(0, long.MaxValue)] string? after,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var query = new ListQuery(read).Of(asked, http.Request.Query);
        var position = LastSeen(http, read, after);
        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        var paths = ApiPaths.Of(http);
        try
        {
            var from = position ?? await feeds.Position(cancellationToken);
            await feeds.Changes(query, from, 1, cancellationToken);
            return open.Stream(http, token => Changes(query, from, feeds, paths, token), cancellationToken);
        }
        catch (InvalidQueryException exception)
        {
            return Problem.Invalid(ColumnParameters.Prefix + exception.Filter, exception.Message);
        }
    }

    private static long? LastSeen(HttpContext http, ParameterReader read, string? after)
    {
        var header = http.Request.Headers["Last-Event-ID"].ToString();
        return header.Length > 0 ? read.Position("Last-Event-ID", header) : read.Position("after", after);
    }

    private static async IAsyncEnumerable<SseItem<string>> Entries(
        Guid id,
        int version,
        SagaExplanations sagas,
        SagaReader reader,
        SagaFeeds feeds,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return Hello();
        while (true)
        {
            var position = await feeds.Position(cancellationToken);
            var hasEnded = (await reader.Get(id, cancellationToken))?.EndedAt is not null;
            var entries = await sagas.Timeline(id, version, Page, cancellationToken) ?? [];
            foreach (var entry in entries)
            {
                version = entry.Event.Version;
                yield return Event(entry.Event.Entry.Type, version, HistoryItem.Of(entry));
            }

            if (hasEnded && entries.Count < Page)
            {
                yield break;
            }

            if (entries.Count < Page && !await Later(feeds, position, cancellationToken))
            {
                yield return Alive();
            }
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> Changes(
        SagaQuery query,
        long position,
        SagaFeeds feeds,
        ApiPaths paths,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return Hello();
        while (true)
        {
            var seen = await feeds.Position(cancellationToken);
            var changes = await feeds.Changes(query, position, Page, cancellationToken);
            foreach (var change in changes)
            {
                position = change.Position;
                yield return Event("saga", position, SagaItem.Of(change, paths));
            }

            if (changes.Count < Page && !await Later(feeds, seen, cancellationToken))
            {
                yield return Alive();
            }
        }
    }

    // False when nothing came for so long that whoever stands between might take the connection for dead.
    private static async Task<bool> Later(SagaFeeds feeds, long position, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Ping);
        try
        {
            await feeds.Later(position, patience.Token);
            // Of what comes together, all is sent together.
            await Task.Delay(Pause, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    // Sends the headers, and tells a browser how soon to come back.
    private static SseItem<string> Hello() => new("{}", "hello") { ReconnectionInterval = Reconnect };

    private static SseItem<string> Alive() => new("{}", "ping");

    private static SseItem<string> Event<T>(string type, long id, T data) =>
        new(JsonSerializer.Serialize(data, ApiJson.Options), type) { EventId = id.ToString(CultureInfo.InvariantCulture) };
}
