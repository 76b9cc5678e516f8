namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Whether what waited came back in its order.</summary>
internal static class ReturnOrder
{
    /// <summary>The sweepers of several nodes take turns, and each node handles many at a time: so far may one be from its place.</summary>
    /// <param name="nodes">How many nodes sweep.</param>
    public static int Most(int nodes) => nodes * ((2 * SweptAtOnce) + HandledAtOnce);

    private const int SweptAtOnce = 500;
    private const int HandledAtOnce = 256;

    /// <summary>How many places the one that is furthest from its place is from it. Those that are in one list only do not count.</summary>
    /// <param name="promised">In which order they waited.</param>
    /// <param name="handled">In which order they were handled.</param>
    public static int Furthest(IReadOnlyList<Guid> promised, IReadOnlyList<Guid> handled)
    {
        var known = promised.ToHashSet();
        var came = handled.Where(known.Contains).Select((id, place) => (id, place)).ToDictionary(one => one.id, one => one.place);
        return promised.Where(came.ContainsKey).Select((id, place) => Math.Abs(came[id] - place)).DefaultIfEmpty(0).Max();
    }
}
