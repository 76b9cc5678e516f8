using System.Text.Json.Nodes;

namespace SagaOrchestrator.Documents.Scenarios;

/// <summary>What a document says of one saga: what happens to it, and how it must end.</summary>
internal sealed record Scenario(string Name, int Line, JsonNode Data, IReadOnlyList<Happening> Happenings, Expected Expected);

/// <summary>One thing that happens, or that must have happened by then.</summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Verb">What happens.</param>
/// <param name="Subject">The step, the signal or the time.</param>
internal sealed record Happening(int Line, string Verb, string Subject)
{
    /// <summary>The result, a signal's data, or the fields of a command.</summary>
    public JsonNode? Data { get; init; }

    public string? Code { get; init; }

    public string? Reason { get; init; }
}

/// <summary>How the saga must be in the end; what is null is not looked at.</summary>
internal sealed record Expected(int Line)
{
    public string? State { get; init; }

    public string? FailedStep { get; init; }

    public string? FailureCode { get; init; }

    /// <summary>The steps that were undone, in the order of their undoing.</summary>
    public IReadOnlyList<string>? Undone { get; init; }

    /// <summary>Every command that was sent, in order: the step, or <c>undo STEP</c>.</summary>
    public IReadOnlyList<string>? Sent { get; init; }

    /// <summary>Where steps stand.</summary>
    public IReadOnlyDictionary<string, string>? Steps { get; init; }
}

/// <summary>What came of a scenario.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Line">Where it stands in the document.</param>
/// <param name="Failures">What was otherwise than it says; none when it passed.</param>
/// <param name="Story">What happened, in order.</param>
public sealed record ScenarioResult(string Name, int Line, IReadOnlyList<string> Failures, IReadOnlyList<string> Story)
{
    /// <summary>Whether everything was as it says.</summary>
    public bool HasPassed => Failures.Count == 0;
}
