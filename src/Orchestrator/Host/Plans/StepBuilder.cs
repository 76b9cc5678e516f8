using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Host.Plans;

/// <summary>Describes one step of a plan.</summary>
/// <typeparam name="TStart">The saga's data.</typeparam>
public sealed class StepBuilder<TStart>
    where TStart : class
{
    private string participant = string.Empty;
    private TimeSpan timeout = TimeSpan.FromSeconds(30);
    private RetryPolicy retry = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    private RetryPolicy compensationRetry = new(8, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), Factor: 4);
    private Func<TStart, SagaData, SagaCommand>? execute;
    private Func<TStart, SagaData, SagaCommand>? undo;

    internal StepBuilder(string name) => Name = name;

    internal string Name { get; }

    /// <summary>The queue of the participant.</summary>
    public StepBuilder<TStart> At(string queue)
    {
        participant = queue;
        return this;
    }

    /// <summary>How long to wait for each reply before the outcome counts as unknown.</summary>
    public StepBuilder<TStart> Within(TimeSpan limit)
    {
        timeout = limit;
        return this;
    }

    /// <summary>How often to send the command when its outcome is unknown; always with the same command id.</summary>
    public StepBuilder<TStart> Retry(int attempts, TimeSpan firstDelay, TimeSpan? maximumDelay = null)
    {
        retry = new RetryPolicy(attempts, firstDelay, maximumDelay ?? TimeSpan.FromMinutes(1));
        return this;
    }

    /// <summary>The same for the compensation; when it is used up, the saga is parked.</summary>
    public StepBuilder<TStart> RetryCompensation(int attempts, TimeSpan firstDelay, TimeSpan? maximumDelay = null)
    {
        compensationRetry = new RetryPolicy(attempts, firstDelay, maximumDelay ?? TimeSpan.FromMinutes(10), Factor: 4);
        return this;
    }

    /// <summary>The command that executes the step.</summary>
    public StepBuilder<TStart> Do(Func<TStart, SagaData, SagaCommand> command)
    {
        execute = command;
        return this;
    }

    /// <summary>The command that undoes it. It must be possible to make it without the step's reply (rule S2).</summary>
    public StepBuilder<TStart> UndoneBy(Func<TStart, SagaData, SagaCommand> command)
    {
        undo = command;
        return this;
    }

    internal SagaStep Build() => execute is null
        ? throw new InvalidOperationException($"Step '{Name}' has no command. Say .Do((data, saga) => new ...).")
        : new SagaStep(Name, participant, timeout, retry, compensationRetry, Compensatable: undo is not null);

    internal SagaCommand Command(Direction direction, TStart data, SagaData saga) =>
        (direction == Direction.Do ? execute! : undo!)(data, saga);
}
