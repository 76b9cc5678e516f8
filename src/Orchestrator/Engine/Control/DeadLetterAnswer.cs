using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Engine.Control;

/// <summary>What became of an action on a dead letter. Other than <see cref="Done"/>, nothing was changed by it.</summary>
public abstract record DeadLetterAnswer
{
    private DeadLetterAnswer() { }

    /// <summary>It is done, and the letter is out of its dead-letter queue.</summary>
    public sealed record Done : DeadLetterAnswer;

    /// <summary>There is no such letter.</summary>
    public sealed record Unknown : DeadLetterAnswer;

    /// <summary>Somebody has redriven or discarded it.</summary>
    /// <param name="State">Which of the two: a word of <see cref="DeadLetters.DeadLetterState"/>.</param>
    /// <param name="At">When.</param>
    public sealed record Ended(string State, DateTimeOffset At) : DeadLetterAnswer;

    /// <summary>It is not in its dead-letter queue: somebody took it off in another way. The same call looks for it once more.</summary>
    public sealed record Gone : DeadLetterAnswer;

    /// <summary>Somebody else was looking through its dead-letter queue for too long.</summary>
    public sealed record Busy : DeadLetterAnswer;

    /// <summary>The broker did not answer. The letter is still there; when only the last answer was lost, it is in both queues.</summary>
    public sealed record Unavailable : DeadLetterAnswer;

    /// <summary>The broker did not take it for its queue, which may not exist. The letter is still there.</summary>
    public sealed record NotTaken : DeadLetterAnswer;

    /// <summary>The given body is not what a message is.</summary>
    /// <param name="Refusal">Which value, and what was expected.</param>
    public sealed record Invalid(Refusal Refusal) : DeadLetterAnswer;
}
