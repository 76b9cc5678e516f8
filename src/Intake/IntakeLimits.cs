using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Intake;

/// <summary>
/// How much may come in where a field's own description says nothing. A value over a limit is refused, and the refusal names the limit.
/// Bound from the configuration section <c>Limits</c>.
/// </summary>
public sealed record IntakeLimits
{
    /// <summary>The limits of a process that configures none.</summary>
    public static IntakeLimits Default { get; } = new();

    /// <summary>Bytes of a start, over REST and by message alike.</summary>
    [Range(1024, 16_777_216)]
    public int StartBytes { get; init; } = 256 * 1024;

    /// <summary>Bytes of one step's result, and of one signal's data.</summary>
    [Range(1024, 16_777_216)]
    public int DocumentBytes { get; init; } = 64 * 1024;

    /// <summary>Bytes of any other message.</summary>
    [Range(65_536, 134_217_728)]
    public int MessageBytes { get; init; } = 1024 * 1024;

    /// <summary>Characters of a text that has no length of its own.</summary>
    [Range(100, 1_000_000)]
    public int TextCharacters { get; init; } = 4000;

    /// <summary>Entries of a list, or of a map, that has no size of its own.</summary>
    [Range(1, 1_000_000)]
    public int ListItems { get; init; } = 1000;

    /// <summary>Bytes that the results and kept signals of one saga have together. Every message of the saga writes them anew.</summary>
    [Range(1024, 67_108_864)]
    public int SagaBytes { get; init; } = 1024 * 1024;

    /// <summary>Signals that one saga keeps for steps that have not begun.</summary>
    [Range(1, 100_000)]
    public int KeptSignals { get; init; } = 100;

    /// <summary>Entries in the history of one saga, from which on what changes nothing is not recorded any more.</summary>
    [Range(100, 1_000_000)]
    public int HistoryEntries { get; init; } = 10_000;

    /// <summary>How deep objects and lists may be nested, the outermost included. Every reader behind takes 64.</summary>
    [Range(8, 48)]
    public int Depth { get; init; } = 32;
}
