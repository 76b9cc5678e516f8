using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Testing;

/// <summary>
/// One saga on a plan of yours, in virtual time: say what its participants answer, and see what it does. No server, no bus, no waiting.
/// <code> var saga = SagaScenario.Start(new TripPlan(), trip); saga.Command&lt;BookHotel&gt;("book_hotel").City.ShouldBe("Rome");
/// saga.Completes("book_hotel", new HotelBooked("H-1")).Rejects("book_flight", "sold_out"); saga.CompletesCompensation("book_hotel");
/// saga.State.ShouldBe(SagaState.Failed);
/// </code>
/// The rules are the orchestrator's own; only the answers and the time are yours. For participants too, see <see cref="InMemoryHost"/>.
/// </summary>
public sealed class SagaScenario
{
    private readonly VirtualSaga saga;

    private SagaScenario(StartRequest request) => saga = new VirtualSaga(request);

    /// <summary>The saga's id, as the orchestrator would derive it from the business key.</summary>
    public Guid Id => saga.View.Id;

    /// <summary>The virtual time, UTC. It stands still unless <see cref="PassTime"/> or <see cref="TimesOut"/> moves it.</summary>
    public DateTimeOffset Now => saga.Now;

    /// <summary>Where the saga stands.</summary>
    public SagaState State => saga.View.Progress.State;

    /// <summary>Why it failed; null when it has not.</summary>
    public Failure? Failure => saga.View.Progress.ForwardFailure;

    /// <summary>The steps that were undone, in the order of their undoing.</summary>
    public IReadOnlyList<string> Compensated => saga.View.Progress.Compensated;

    /// <summary>Every command that was sent, in order.</summary>
    public IReadOnlyList<SentCommand> Sent =>
        [.. saga.Sent.Select(sent => new SentCommand(sent.Step, sent.IsCompensation, sent.Attempt, sent.Participant, sent.Command))];

    /// <summary>What happened, in order, as the API would show it.</summary>
    public IReadOnlyList<HistoryEntry> History => saga.History;

    /// <summary>Starts a saga: the data is checked as it would be, and the first step's command is sent.</summary>
    /// <exception cref="InvalidOperationException">The plan is of an impossible shape, or the data is not valid; the message says
    /// why.</exception>
    public static SagaScenario Start<TStart>(Plan<TStart> plan, TStart data)
        where TStart : class
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Start(plan, JsonSerializer.SerializeToUtf8Bytes(data, SagaJson.Options));
    }

    /// <summary>The same for a plan over JSON, such as that of a document.</summary>
    /// <exception cref="InvalidOperationException">The data is not valid; the message says why.</exception>
    public static SagaScenario Start(JsonPlan plan, JsonNode data)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Start(plan, JsonSerializer.SerializeToUtf8Bytes(data));
    }

    /// <summary>Where a step stands.</summary>
    public StepProgress Step(string step) =>
        saga.View.Progress.Find(step)
        ?? throw new SagaScenarioException(
            $"The plan '{saga.Plan.Type}' has no step '{step}'. It has: "
                + $"{string.Join(", ", saga.View.Progress.Steps.Select(known => known.Name))}."
        );

    /// <summary>The last command that was sent to execute a step.</summary>
    public TCommand Command<TCommand>(string step)
        where TCommand : SagaCommand => Last<TCommand>(step, isCompensation: false);

    /// <summary>The last command that was sent to undo a step.</summary>
    public TCommand Compensation<TCommand>(string step)
        where TCommand : SagaCommand => Last<TCommand>(step, isCompensation: true);

    /// <summary>The step's participant answers that the effect is there.</summary>
    /// <param name="step">The step.</param>
    /// <param name="result">What it answers with; null for nothing.</param>
    public SagaScenario Completes(string step, object? result = null) =>
        Reply(Asked(step), (id, attempt) => new StepSucceeded(step, id, attempt), result);

    /// <summary>It answers that nothing happened, and nothing will.</summary>
    public SagaScenario Rejects(string step, string code, string reason = "Rejected by the scenario.") =>
        Reply(Asked(step), (id, attempt) => new StepRejected(step, id, attempt, code, reason));

    /// <summary>It answers that nobody knows.</summary>
    public SagaScenario Faults(string step, string code = "fault", string reason = "Faulted by the scenario.") =>
        Reply(Asked(step), (id, attempt) => new StepFaulted(step, id, attempt, code, reason));

    /// <summary>It answers an enquiry: the step did not happen and never will.</summary>
    public SagaScenario ReportsNotDone(string step) => Reply(Asked(step), (id, attempt) => new StepNotDone(step, id, attempt));

    /// <summary>It is still at work.</summary>
    public SagaScenario Heartbeat(string step) => Reply(Asked(step), (id, attempt) => new StepProgressed(step, id, attempt));

    /// <summary>It answers that the effect is gone.</summary>
    public SagaScenario CompletesCompensation(string step) =>
        ReplyToUndo(step, (id, attempt) => new CompensationSucceeded(step, id, attempt));

    /// <summary>It answers that the effect is not gone.</summary>
    public SagaScenario FailsCompensation(string step, string code = "stuck", string reason = "Failed by the scenario.") =>
        ReplyToUndo(step, (id, attempt) => new CompensationFailed(step, id, attempt, code, reason));

    /// <summary>A signal comes.</summary>
    /// <param name="name">Which one.</param>
    /// <param name="data">What it brings; null for nothing.</param>
    /// <param name="id">Its id; a new one when left out.</param>
    public SagaScenario Signal(string name, object? data = null, Guid? id = null) =>
        Apply(new SignalReceived(id ?? Guid.NewGuid(), name), data);

    /// <summary>A signal comes that says no.</summary>
    public SagaScenario Decline(string name, string code, string reason = "Declined by the scenario.") =>
        Apply(new SignalReceived(Guid.NewGuid(), name, code, reason));

    /// <summary>An operator cancels the saga.</summary>
    public SagaScenario Cancel() => Apply(new Cancel("scenario", "Cancelled by the scenario."));

    /// <summary>An operator has a stuck or backed-off command sent again now.</summary>
    public SagaScenario OperatorRetries(string step) => Apply(new RetryNow(step, "scenario", "Retried by the scenario."));

    /// <summary>An operator gives a stuck compensation up.</summary>
    public SagaScenario OperatorSkips(string step) => Apply(new SkipCompensation(step, "scenario", "Skipped by the scenario."));

    /// <summary>An operator found a stuck step, or compensation, done.</summary>
    public SagaScenario OperatorResolvesAsDone(string step, object? result = null) =>
        Apply(new ResolveAsDone(step, "scenario", "Found done."), result);

    /// <summary>An operator found a stuck step not done.</summary>
    public SagaScenario OperatorResolvesAsNotDone(string step) => Apply(new ResolveAsNotDone(step, "scenario", "Found not done."));

    /// <summary>An operator pauses the saga.</summary>
    public SagaScenario OperatorPauses() => Apply(new PauseSaga("scenario", "Paused by the scenario."));

    /// <summary>An operator resumes the saga.</summary>
    public SagaScenario OperatorResumes() => Apply(new ResumeSaga("scenario", "Resumed by the scenario."));

    /// <summary>An operator gives the saga, or a step that waits, more time.</summary>
    /// <param name="by">How much more from now on.</param>
    /// <param name="step">The step; null for the saga.</param>
    public SagaScenario OperatorExtends(TimeSpan by, string? step = null) =>
        Apply(new ExtendDeadline(step, Now + by, "scenario", "Extended by the scenario."));

    /// <summary>Nobody answers the step, or its compensation: time passes until its timer fires.</summary>
    public SagaScenario TimesOut(string step)
    {
        return saga.TimesOut(Step(step).Name)
            ? this
            : throw new SagaScenarioException($"Step '{step}' waits for nothing that could time out. {Waiting()}");
    }

    /// <summary>Lets time pass; every timer that falls due fires at its moment, in order. Weeks take no time.</summary>
    public SagaScenario PassTime(TimeSpan time)
    {
        saga.PassTime(time);
        return this;
    }

    private static SagaScenario Start(Plan plan, byte[] data)
    {
        try
        {
            return new SagaScenario(plan.Read(data));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidStartException)
        {
            throw new InvalidOperationException(exception.Message, exception);
        }
    }

    private TCommand Last<TCommand>(string step, bool isCompensation)
        where TCommand : SagaCommand
    {
        var command =
            saga.Sent.LastOrDefault(command =>
                command.Step == Step(step).Name && command.IsCompensation == isCompensation && command.Command is not null
            )
            ?? throw new SagaScenarioException(
                $"No command to {(isCompensation ? "undo" : "execute")} step '{step}' was sent. {Waiting()}"
            );
        return command.Command as TCommand
            ?? throw new SagaScenarioException(
                $"The command of step '{step}' is a {command.Command!.GetType().Name}, not a {typeof(TCommand).Name}."
            );
    }

    private VirtualSending Asked(string step) =>
        saga.Sent.LastOrDefault(command => command.Step == Step(step).Name && !command.IsCompensation)
        ?? throw new SagaScenarioException($"Step '{step}' was not sent, so nobody can answer it. {Waiting()}");

    private SagaScenario ReplyToUndo(string step, Func<Guid, int, ReplyInput> reply)
    {
        var command =
            saga.Sent.LastOrDefault(command => command.Step == Step(step).Name && command.IsCompensation)
            ?? throw new SagaScenarioException($"No compensation of step '{step}' was sent, so nobody can answer it. {Waiting()}");
        return Apply(reply(saga.View.Progress.CommandId(step, Direction.Undo), command.Attempt));
    }

    private SagaScenario Reply(VirtualSending command, Func<Guid, int, ReplyInput> reply, object? result = null) =>
        Apply(reply(saga.View.Progress.CommandId(command.Step, Direction.Do), command.Attempt), result);

    private SagaScenario Apply(SagaInput input, object? data = null)
    {
        // Through JSON, as it would come over the wire.
        JsonElement? element = data is null ? null : JsonSerializer.SerializeToElement(data, data.GetType(), SagaJson.Options);
        return saga.Apply(input, element) is { } refused
            ? throw new SagaScenarioException($"The action is refused ({refused.Code}): {refused.Reason}")
            : this;
    }

    private string Waiting()
    {
        var waits = saga
            .View.Progress.Steps.Where(step => step.Wait != Wait.None)
            .Select(step => $"'{step.Name}' for {step.Wait}")
            .ToArray();
        return $"The saga is {State}{(waits.Length == 0 ? " and waits for nothing" : $" and waits at {string.Join(", ", waits)}")}.";
    }
}
