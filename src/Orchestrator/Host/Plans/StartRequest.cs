using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Host.Plans;

/// <summary>Checked data for a new saga.</summary>
internal sealed record StartRequest(Plan Plan, string BusinessKey, string Data, byte[] DataHash);

/// <summary>The data for a new saga is wrong.</summary>
internal sealed class InvalidStartException : Exception
{
    public InvalidStartException(IReadOnlyList<Refusal> refusals)
        : base(string.Join(" ", refusals)) =>
        (Refusals, Errors) = (refusals, [.. refusals.Select(refusal => new FieldError(refusal.Path, refusal.Sentence))]);

    public InvalidStartException(IReadOnlyList<FieldError> errors)
        : base(string.Join(" ", errors.Select(error => error.Field.Length == 0 ? error.Message : $"{error.Field}: {error.Message}"))) =>
        (Refusals, Errors) = ([.. errors.Select(error => new Refusal(error.Field, error.Message, "something else"))], errors);

    public IReadOnlyList<FieldError> Errors { get; }

    public IReadOnlyList<Refusal> Refusals { get; }
}
