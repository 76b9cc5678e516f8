using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>The same, and the database whose transaction takes the effect together with fence, inbox and reply.</summary>
public class StepContext : StepCall
{
    internal StepContext(CommandContext command, CommitScope scope, CancellationToken cancellationToken)
        : base(command, cancellationToken) => Database = new StepDatabase(scope);

    /// <summary>Takes what the step writes.</summary>
    public StepDatabase Database { get; }

    /// <summary>A context for the test of a step: <paramref name="scope"/> takes what it writes.</summary>
    /// <param name="command">The command's context.</param>
    /// <param name="scope">A scope of the test's own.</param>
    /// <param name="cancellationToken">What the step is to see as cancelled.</param>
    public static StepContext ForTest(CommandContext command, CommitScope scope, CancellationToken cancellationToken = default) =>
        new(command, scope, cancellationToken);
}

/// <summary>The same for a step that reads or locks before it writes.</summary>
public sealed class ReadingStepContext : StepContext
{
    internal ReadingStepContext(CommandContext command, CommitScope scope, CancellationToken cancellationToken)
        : base(command, scope, cancellationToken) => Database = new ReadingStepDatabase(scope);

    /// <summary>Reads, locks, and takes what the step writes.</summary>
    public new ReadingStepDatabase Database { get; }

    /// <summary>A context for the test of a step: <paramref name="scope"/> takes what it writes.</summary>
    /// <param name="command">The command's context.</param>
    /// <param name="scope">A scope of the test's own.</param>
    /// <param name="cancellationToken">What the step is to see as cancelled.</param>
    public static new ReadingStepContext ForTest(
        CommandContext command,
        CommitScope scope,
        CancellationToken cancellationToken = default
    ) => new(command, scope, cancellationToken);
}
