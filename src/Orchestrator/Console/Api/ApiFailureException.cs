namespace SagaOrchestrator.Console.Api;

/// <summary>The API did not do what it was asked for. The message says so in a sentence for people.</summary>
internal sealed class ApiFailureException : Exception
{
    public ApiFailureException(string message, string nextMove, int? status = null, Exception? inner = null)
        : base(message, inner) => (NextMove, Status) = (nextMove, status);

    /// <summary>What to do about it.</summary>
    public string NextMove { get; }

    /// <summary>The status of the answer; null when there was none.</summary>
    public int? Status { get; }

    /// <summary>Whether there is no such thing.</summary>
    public bool IsUnknown => Status == StatusCodes.Status404NotFound;
}
