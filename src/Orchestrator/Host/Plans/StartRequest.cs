namespace SagaOrchestrator.Host.Plans;

/// <summary>Checked data for a new saga.</summary>
internal sealed record StartRequest(Plan Plan, string BusinessKey, string Data, byte[] DataHash);

/// <summary>The data for a new saga is wrong.</summary>
internal sealed class InvalidStartException(IReadOnlyList<FieldError> errors)
    : Exception(string.Join(" ", errors.Select(error => $"{error.Field}: {error.Message}")))
{
    public IReadOnlyList<FieldError> Errors { get; } = errors;
}
