using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Plans;

/// <summary>Checked data for a new saga.</summary>
/// <param name="Plan">Its plan.</param>
/// <param name="BusinessKey">What the business calls it.</param>
/// <param name="Data">The data as it is stored.</param>
/// <param name="DataHash">Equal for equal data, however it was spelled (rule S29).</param>
public sealed record StartRequest(Plan Plan, string BusinessKey, string Data, byte[] DataHash);

/// <summary>The data for a new saga is wrong.</summary>
public sealed class InvalidStartException : Exception
{
    /// <summary>The data has not the shape of the plan's start.</summary>
    public InvalidStartException(IReadOnlyList<Refusal> refusals)
        : base(string.Join(" ", refusals)) =>
        (Refusals, Errors) = (refusals, [.. refusals.Select(refusal => new FieldError(refusal.Path, refusal.Sentence))]);

    /// <summary>The plan objects to the data.</summary>
    public InvalidStartException(IReadOnlyList<FieldError> errors)
        : base(string.Join(" ", errors.Select(error => error.Field.Length == 0 ? error.Message : $"{error.Field}: {error.Message}"))) =>
        (Refusals, Errors) = ([.. errors.Select(error => new Refusal(error.Field, error.Message, "something else"))], errors);

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyList<FieldError> Errors { get; }

    /// <summary>The same as path, expected and got.</summary>
    public IReadOnlyList<Refusal> Refusals { get; }
}
