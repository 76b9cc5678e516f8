using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Plans.Running;

/// <summary>One saga in virtual time, run by what the orchestrator runs plans with. Tests of plans are made of it.</summary>
public sealed class VirtualSaga
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // The orchestrator's own: what its plan's code throws parks the saga.
    private static readonly PlanRunner Runner = new(SagaDecider.Decide, IntakeLimits.Default, isTransient: _ => false);

    private readonly List<VirtualSending> sent = [];
    private readonly List<HistoryEntry> history = [new(HistoryTypes.SagaStarted)];

    /// <param name="request">Its plan and checked data. Its first commands are sent at once.</param>
    public VirtualSaga(StartRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        (Plan, Now) = (request.Plan, Beginning);
        var id = SagaIds.OfSaga(Plan.Type, request.BusinessKey);
        View = new SagaView(
            id,
            new StartData(request.Data),
            SagaProgress.New(id, commandKey: id, Plan.Definition, Now),
            new Dictionary<string, JsonElement>()
        );
        Apply(new Begin(), data: null);
    }

    /// <summary>Its plan.</summary>
    public Plan Plan { get; }

    /// <summary>The virtual time, UTC.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The saga.</summary>
    public SagaView View { get; private set; }

    /// <summary>What it sent, in order.</summary>
    public IReadOnlyList<VirtualSending> Sent => sent;

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<HistoryEntry> History => history;

    /// <summary>Something happens.</summary>
    /// <param name="input">What.</param>
    /// <param name="data">A reply's result, a signal's data, or the result that an operator gave.</param>
    /// <returns>Why it is refused; null when it counts.</returns>
    public Refuse? Apply(SagaInput input, JsonElement? data)
    {
        var running = Runner.Run(Plan, View, input, data, new TurnMoment(Now, Jitter: 0.5));
        // The runner waits for nothing.
        var turn = running.IsCompletedSuccessfully ? running.Result : running.AsTask().GetAwaiter().GetResult();
        if (turn.Refused is not null)
        {
            return turn.Refused;
        }

        View = View with { Progress = turn.Decided.Progress, Results = turn.Results };
        var commands = new Queue<SagaCommand>(turn.Commands);
        foreach (var decision in turn.Decided.Decisions)
        {
            Carry(decision, commands);
        }

        return null;
    }

    /// <summary>Nobody answers: time passes until a step's timer fires.</summary>
    /// <param name="step">The step.</param>
    /// <returns>Whether it waits for something that can time out.</returns>
    public bool TimesOut(string step)
    {
        if (View.Progress.Find(step)?.Timer is not { } timer)
        {
            return false;
        }

        Fire(timer);
        return true;
    }

    /// <summary>Lets time pass; every timer that falls due fires at its moment, in order.</summary>
    public void PassTime(TimeSpan time)
    {
        var until = Now + time;
        while (View.Progress.NextTimer is { } timer && timer.DueAt <= until)
        {
            Fire(timer);
        }

        Now = until;
    }

    private void Fire(SagaTimer timer)
    {
        Now = timer.DueAt > Now ? timer.DueAt : Now;
        Apply(new TimerFired(timer.Name), data: null);
    }

    private void Carry(Decision decision, Queue<SagaCommand> commands)
    {
        switch (decision)
        {
            case SendCommand command:
                sent.Add(
                    new VirtualSending(
                        command.Step,
                        command.Direction == Direction.Undo,
                        command.Attempt,
                        command.Participant,
                        commands.Dequeue()
                    )
                );
                break;
            case SendEnquiry enquiry:
                sent.Add(new VirtualSending(enquiry.Step, IsCompensation: false, enquiry.Attempt, enquiry.Participant, Command: null));
                break;
            case Record record:
                history.Add(record.Entry);
                break;
        }
    }
}

/// <summary>A command that a virtual saga has sent.</summary>
/// <param name="Step">The step.</param>
/// <param name="IsCompensation">Whether it undoes the step.</param>
/// <param name="Attempt">From 1, counted apart for step and compensation.</param>
/// <param name="Participant">The queue.</param>
/// <param name="Command">The message; null for an enquiry about the step's outcome.</param>
public sealed record VirtualSending(string Step, bool IsCompensation, int Attempt, string Participant, SagaCommand? Command);
