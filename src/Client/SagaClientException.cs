using System.Net;

namespace SagaOrchestrator.Client;

/// <summary>The API refused a call, or could not be reached.</summary>
public sealed class SagaClientException : Exception
{
    internal SagaClientException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <summary>The status of the answer; null when there was none.</summary>
    public HttpStatusCode? Status { get; internal init; }

    /// <summary>The kind of refusal, a stable word like <c>business-key-conflict</c>; null when the answer named none.</summary>
    public string? Code { get; internal init; }

    /// <summary>The wrong fields by path, each with what is wrong; empty when none was named.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; internal init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>The saga that the refusal names, for example the one that has the business key; null when it names none.</summary>
    public Guid? SagaId { get; internal init; }

    /// <summary>Whether the same call may succeed later without a change.</summary>
    public bool IsTransient { get; internal init; }
}
