using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>What a step is told of the command that it executes or undoes.</summary>
public class StepCall
{
    internal StepCall(CommandContext command, CancellationToken cancellationToken) =>
        (Command, CancellationToken) = (command, cancellationToken);

    /// <summary>The saga. The same for every command of it.</summary>
    public Guid SagaId => Command.SagaId;

    /// <summary>The plan's name, for example <c>order-fulfillment</c>.</summary>
    public string SagaType => Command.SagaType;

    /// <summary>What the business calls the saga, for example an order id.</summary>
    public string BusinessKey => Command.BusinessKey;

    /// <summary>The step's name in the plan.</summary>
    public string Step => Command.Step;

    /// <summary>The same for every attempt and every duplicate of the command: what a call outside is idempotent by.</summary>
    public Guid CommandId => Command.CommandId;

    /// <summary>1 for the first sending, one more for each retry.</summary>
    public int Attempt => Command.Attempt;

    /// <summary>The command's context as it came. Keep it to answer later (<see cref="DeferredReplies"/>).</summary>
    public CommandContext Command { get; }

    /// <summary>
    /// Cancelled when the connection to the broker is lost, because the command then comes again, and when the service shuts down. What is
    /// done after that is not committed.
    /// </summary>
    public CancellationToken CancellationToken { get; }
}
