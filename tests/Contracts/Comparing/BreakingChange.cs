namespace SagaOrchestrator.Contracts.Tests.Comparing;

/// <summary>A change after which somebody cannot go on as he did.</summary>
/// <param name="Message">The message or the step's result.</param>
/// <param name="Field">The path of the field; empty for the whole.</param>
/// <param name="What">What became of it.</param>
/// <param name="UsedBy">Who sends it, or gets it.</param>
internal sealed record BreakingChange(string Message, string Field, string What, string UsedBy)
{
    public override string ToString() => $"{Message}{(Field.Length == 0 ? string.Empty : $", field {Field}")}: {What}. Used by {UsedBy}.";
}
