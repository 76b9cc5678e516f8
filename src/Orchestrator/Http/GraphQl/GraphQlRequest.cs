using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SagaOrchestrator.Http.GraphQl;

/// <summary>A query.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record GraphQlRequest
{
    /// <summary>The longest query that is read.</summary>
    public const int LongestQuery = 16_000;

    /// <summary>A document in GraphQL.</summary>
    [Length(1, LongestQuery)]
    public required string Query { get; init; }

    /// <summary>Which of its operations; needed where it has several.</summary>
    [StringLength(200)]
    public string? OperationName { get; init; }

    /// <summary>The values of its variables, by name.</summary>
    public JsonElement? Variables { get; init; }
}

/// <summary>What a query is answered with.</summary>
/// <param name="Data">By field; null when nothing was read.</param>
/// <param name="Errors">What was not read, and why; left out when there is nothing to say.</param>
internal sealed record GraphQlAnswer(JsonElement? Data, IReadOnlyList<GraphQlError>? Errors);

/// <summary>Why a field was not read, or the whole query.</summary>
/// <param name="Message">What is wrong, in this case.</param>
/// <param name="Locations">Where it stands in the query.</param>
/// <param name="Path">Which field.</param>
/// <param name="Extensions">What programs need.</param>
internal sealed record GraphQlError(
    string Message,
    IReadOnlyList<GraphQlLocation>? Locations,
    IReadOnlyList<JsonElement>? Path,
    GraphQlErrorDetails Extensions
);

/// <summary>A place in a query.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal sealed record GraphQlLocation(int Line, int Column);

/// <summary>An error for programs.</summary>
/// <param name="Code">Its name. Programs switch on it; it does not change.</param>
/// <param name="Type">The path of a page about this kind of error.</param>
/// <param name="NextMove">What is to be done about it.</param>
/// <param name="Errors">What would be right, by argument.</param>
internal sealed record GraphQlErrorDetails(string Code, string Type, string NextMove, IReadOnlyDictionary<string, string[]>? Errors);
