using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Plans;

/// <summary>Describes one step of a plan.</summary>
/// <typeparam name="TStart">The saga's data.</typeparam>
public sealed class StepBuilder<TStart>
    where TStart : class
{
    private StepDefinition step;
    private Func<TStart, SagaData, SagaCommand>? execute;
    private Func<TStart, SagaData, SagaCommand>? undo;
    private Type? executeType;
    private Type? undoType;
    private Func<TStart, SagaData, bool>? condition;

    internal StepBuilder(string name, int stage) =>
        step = new StepDefinition(name, string.Empty, TimeSpan.FromSeconds(30))
        {
            Stage = stage,
            Retry = new RetryPolicy(3, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
            CompensationRetry = new RetryPolicy(8, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), Factor: 4),
        };

    internal string Name => step.Name;

    /// <summary>What it results in; null when the plan does not say.</summary>
    internal Contract? Result { get; set; }

    /// <summary>The queue of the participant, which is also its broker user.</summary>
    public StepBuilder<TStart> At(string queue) => With(step with { Participant = queue });

    /// <summary>How long to wait for each reply before the outcome counts as unknown; or for the signal.</summary>
    public StepBuilder<TStart> Within(TimeSpan limit) => With(step with { Timeout = limit });

    /// <summary>How often to send the command when its outcome is unknown; always with the same command id.</summary>
    /// <param name="attempts">The first sending included.</param>
    /// <param name="firstDelay">The wait before the second attempt; it doubles, with jitter.</param>
    /// <param name="maximumDelay">No wait is longer; a minute when left out.</param>
    /// <param name="notRetryable">Codes of faults after which another attempt would be in vain.</param>
    public StepBuilder<TStart> Retry(int attempts, TimeSpan firstDelay, TimeSpan? maximumDelay = null, params string[] notRetryable) =>
        With(
            step with
            {
                Retry = new RetryPolicy(attempts, firstDelay, maximumDelay ?? TimeSpan.FromMinutes(1)) { NotRetryable = [.. notRetryable] },
            }
        );

    /// <summary>The same for the compensation; when it is used up, the saga is parked.</summary>
    /// <param name="attempts">The first sending included.</param>
    /// <param name="firstDelay">The wait before the second attempt; each is four times the one before, with jitter.</param>
    /// <param name="maximumDelay">No wait is longer; ten minutes when left out.</param>
    /// <param name="notRetryable">Codes of failures that park the saga at once.</param>
    public StepBuilder<TStart> RetryCompensation(
        int attempts,
        TimeSpan firstDelay,
        TimeSpan? maximumDelay = null,
        params string[] notRetryable
    ) =>
        With(
            step with
            {
                CompensationRetry = new RetryPolicy(attempts, firstDelay, maximumDelay ?? TimeSpan.FromMinutes(10), Factor: 4)
                {
                    NotRetryable = [.. notRetryable],
                },
            }
        );

    /// <summary>When nobody knows whether the step happened, ask the participant, as often as the retry policy has attempts.</summary>
    public StepBuilder<TStart> EnquireWhenUnknown() => With(step with { AfterUnknown = AfterUnknown.Enquire });

    /// <summary>When nobody knows whether the step happened, undo it at once.</summary>
    public StepBuilder<TStart> CompensateWhenUnknown() => With(step with { AfterUnknown = AfterUnknown.Compensate });

    /// <summary>The point of no return: once this step has completed, the saga goes forward only.</summary>
    public StepBuilder<TStart> AsPivot() => With(step with { Kind = StepKind.Pivot });

    /// <summary>After the pivot: the step is tried until it completes, or until an operator must help.</summary>
    public StepBuilder<TStart> AsRetriable() => With(step with { Kind = StepKind.Retriable });

    /// <summary>The step changes nothing that would have to be undone, for example a check.</summary>
    public StepBuilder<TStart> WithoutEffect() => With(step with { Kind = StepKind.NoEffect });

    /// <summary>
    /// The step runs only when this holds at its turn; else it is skipped. It must depend on its arguments alone, and leave them as they
    /// are. When it throws, the saga is parked at the step with the code <c>plan_failed</c>.
    /// </summary>
    public StepBuilder<TStart> If(Func<TStart, SagaData, bool> holds)
    {
        condition = holds;
        return With(step with { Conditional = true });
    }

    /// <summary>Waits for a signal instead of sending a command. Its data is the step's result.</summary>
    public StepBuilder<TStart> WaitsFor(string signal) =>
        With(step with { Signal = signal, Kind = step.Kind == StepKind.Retriable ? StepKind.Retriable : StepKind.NoEffect });

    /// <summary>
    /// The command that executes the step, from the saga's data, which is to be left as it is. When this throws, nothing is sent, and the
    /// saga is parked at the step with the code <c>plan_failed</c>, until an operator's retry finds a build that can make the command.
    /// </summary>
    /// <typeparam name="TCommand">The record that is sent; what the documents of the contract describe.</typeparam>
    /// <param name="command">Makes it.</param>
    public StepBuilder<TStart> Do<TCommand>(Func<TStart, SagaData, TCommand> command)
        where TCommand : SagaCommand
    {
        (execute, executeType) = (command, typeof(TCommand));
        return this;
    }

    /// <summary>
    /// The command that undoes it. It must be possible to make it without any step's reply (rule S2); that is tried at start-up. When this
    /// throws all the same, the saga is parked at the compensation, as with <see cref="Do{TCommand}"/>.
    /// </summary>
    /// <typeparam name="TCommand">The record that is sent.</typeparam>
    /// <param name="command">Makes it.</param>
    public StepBuilder<TStart> UndoneBy<TCommand>(Func<TStart, SagaData, TCommand> command)
        where TCommand : SagaCommand
    {
        (undo, undoType) = (command, typeof(TCommand));
        return this;
    }

    internal void InStageOf(StepBuilder<TStart> first) => step = step with { Stage = first.step.Stage };

    internal StepDefinition Build(TStart example) =>
        step with
        {
            HasCommand = execute is not null,
            HasCompensation = undo is not null,
            CompensationNeeds = NeedsOfCompensation(example),
        };

    internal SagaCommand Command(Direction direction, TStart data, SagaData saga) =>
        (direction == Direction.Do ? execute! : undo!)(data, saga);

    // A plan that sends one of several says the base of them: then the example tells.
    internal Type? CommandType(Direction direction, TStart example) =>
        (direction == Direction.Do ? executeType : undoType) is { IsAbstract: false } declared
            ? declared
            : TryCommand(direction, example, SagaData.WithoutResults(example))?.GetType();

    internal SagaCommand? TryCommand(Direction direction, TStart data, SagaData saga)
    {
        try
        {
            return (direction == Direction.Do ? execute : undo)?.Invoke(data, saga);
        }
        catch (Exception)
        {
            // What it needs is not in the example.
            return null;
        }
    }

    internal bool Applies(TStart data, SagaData saga) => condition is null || condition(data, saga);

    // A compensation that can be made for the example without any result can be made for a step whose reply was lost.
    private string? NeedsOfCompensation(TStart example)
    {
        try
        {
            return undo is null || undo(example, SagaData.WithoutResults(example)) is not null ? null : "it made no command";
        }
        catch (Exception exception)
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }

    private StepBuilder<TStart> With(StepDefinition changed)
    {
        step = changed;
        return this;
    }
}
