namespace SagaOrchestrator.Cli.Api;

/// <summary>What ends a command, in words for people.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="nextMove">What to do.</param>
/// <param name="exitCode">How the program ends.</param>
/// <param name="inner">What it came of.</param>
internal sealed class FailureException(string message, string? nextMove, int exitCode, Exception? inner = null) : Exception(message, inner)
{
    public string? NextMove => nextMove;

    public int ExitCode => exitCode;

    /// <summary>The problem document of the API; null when it sent none.</summary>
    public string? Document { get; init; }

    /// <summary>The status that the API answered with; null without an answer.</summary>
    public int? Status { get; init; }

    /// <summary>Something on this side is wrong: the command line, a file or a setting.</summary>
    public static FailureException Usage(string message, string? nextMove = null, Exception? inner = null) =>
        new(message, nextMove, Api.ExitCode.WrongUsage, inner);
}
