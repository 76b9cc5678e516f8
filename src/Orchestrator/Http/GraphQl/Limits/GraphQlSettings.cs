using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Http.GraphQl.Limits;

/// <summary>What one request of GraphQL may ask for. Bound from the configuration section <c>GraphQl</c>.</summary>
internal sealed record GraphQlSettings
{
    /// <summary>How many fields may stand in one another.</summary>
    [Range(1, 50)]
    public int MaxDepth { get; init; } = 12;

    /// <summary>
    /// How many values the answer may have: a field counts once, and what is in a page once for each item that the page may have.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxComplexity { get; init; } = 50_000;

    /// <summary>How many fields may ask the database, however they are called. Each counts as a read of its caller's limit.</summary>
    [Range(1, 1000)]
    public int MaxReads { get; init; } = 20;

    /// <summary>Whether the schema can be asked for in GraphQL; in development always. As a document it can be read everywhere.</summary>
    public bool Introspection { get; init; }
}
