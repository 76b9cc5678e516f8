namespace SagaOrchestrator.Chaos.Floods;

/// <summary>How much of a flood, beside how many honest orders.</summary>
/// <param name="Size">How many messages of each kind.</param>
/// <param name="Pour">How many of them come in a second; null for as fast as the broker takes them.</param>
/// <param name="Rate">How many honest orders are started in a second.</param>
/// <param name="Calm">How long there is nothing else, to compare with.</param>
/// <param name="Kinds">Which kinds; all when it is empty.</param>
internal sealed record FloodOptions(int Size, double? Pour, double Rate, TimeSpan Calm, IReadOnlyCollection<string> Kinds)
{
    /// <summary>What comes alone is not measured until the services are warm.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);

    /// <summary>Between two kinds.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    /// <summary>By when the last message must have come to its end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    public bool Asks(string kind) => Kinds.Count == 0 || Kinds.Contains(kind, StringComparer.Ordinal);
}
