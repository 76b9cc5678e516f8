using System.Globalization;

namespace SagaOrchestrator.Decisions.Progress;

/// <summary>
/// A timer names what it was armed for, so that a late or duplicate one is recognised (rule S9).
/// Written as <c>process_payment/do/2/reply</c>.
/// </summary>
/// <param name="Step">The step's name.</param>
/// <param name="Direction">Do or undo.</param>
/// <param name="Attempt">The attempt that is waited for.</param>
/// <param name="Wait">Reply or retry.</param>
/// <param name="DueAt">When it fires, on the database's clock.</param>
public sealed record StepTimer(string Step, Direction Direction, int Attempt, Wait Wait, DateTimeOffset DueAt)
{
    /// <summary>The timer's name, unique in its saga.</summary>
    public string Name => string.Create(
        CultureInfo.InvariantCulture,
        $"{Step}/{(Direction == Direction.Do ? "do" : "undo")}/{Attempt}/{(Wait == Wait.Reply ? "reply" : "retry")}");
}
