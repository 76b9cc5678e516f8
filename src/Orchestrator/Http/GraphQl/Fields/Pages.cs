namespace SagaOrchestrator.Http.GraphQl.Fields;

/// <summary>A page as Relay has it.</summary>
/// <param name="Edges">In the order that was asked for.</param>
/// <param name="PageInfo">Whether there is more.</param>
internal sealed record Connection<T>(IReadOnlyList<Edge<T>> Edges, PageInfo PageInfo)
{
    public static Connection<T> Of(IReadOnlyList<Edge<T>> edges, bool hasNext, bool hasPrevious) =>
        new(
            edges,
            new PageInfo(hasNext, hasPrevious, edges.Count == 0 ? null : edges[0].Cursor, edges.Count == 0 ? null : edges[^1].Cursor)
        );
}

/// <summary>An item with its place.</summary>
/// <param name="Cursor">The place.</param>
/// <param name="Node">The item.</param>
internal sealed record Edge<T>(string Cursor, T Node);

/// <summary>Whether there is more, and where to go on.</summary>
/// <param name="HasNextPage">Whether more follows.</param>
/// <param name="HasPreviousPage">Whether something comes before.</param>
/// <param name="StartCursor">The first cursor; null of an empty page.</param>
/// <param name="EndCursor">The last cursor.</param>
internal sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);
