namespace SagaOrchestrator.Decisions.Progress;

/// <summary>A timer names what it was armed for, so that a late or duplicate one is recognised (rule S9).</summary>
/// <param name="Name">Unique in its saga, for example <c>process_payment/do/2/reply</c>.</param>
/// <param name="DueAt">When it fires, on the database's clock.</param>
public sealed record SagaTimer(string Name, DateTimeOffset DueAt)
{
    /// <summary>The timer of a saga that was accepted and has not begun.</summary>
    public const string Begin = "begin";

    /// <summary>The timer of the saga's deadline.</summary>
    public const string Deadline = "deadline";
}
