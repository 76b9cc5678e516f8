using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Documents.Reading;
using SagaOrchestrator.Intake.Values;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Documents.Scenarios;

/// <summary>Runs one scenario, and says what was otherwise than it says.</summary>
internal sealed class ScenarioRun(JsonPlan plan, Scenario scenario, CancellationToken cancellationToken)
{
    // The calendar ends, and what is due by then cannot be computed.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10 * Fields.MostDays);

    private readonly List<string> failures = [];
    private readonly List<string> story = [];
    private VirtualSaga saga = null!;
    private DateTimeOffset latest;
    private int told;

    public ScenarioResult Run()
    {
        try
        {
            saga = new VirtualSaga(plan.Read(JsonSerializer.SerializeToUtf8Bytes(scenario.Data)));
            latest = saga.Now + Longest;
            Tell();
            foreach (var happening in scenario.Happenings)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (saga.Now > latest)
                {
                    Fail(happening.Line, $"more than {Longest.TotalDays}d have passed. Let less time pass.");
                    break;
                }

                Happen(happening);
                Tell();
            }

            new ScenarioVerdict(saga, scenario.Expected, Fail).Judge();
        }
        catch (InvalidStartException exception)
        {
            Fail(scenario.Line, $"its data is refused. {exception.Message}");
        }

        return new ScenarioResult(scenario.Name, scenario.Line, failures, story);
    }

    private void Happen(Happening happening)
    {
        switch (happening.Verb)
        {
            case "sends" or "undoes":
                Compare(happening, isUndo: happening.Verb == "undoes");
                return;
            case "timesOut":
                Note($"{happening.Subject} times out");
                if (!saga.TimesOut(happening.Subject))
                {
                    Fail(happening.Line, $"step '{happening.Subject}' waits for nothing that could time out. {Waiting()}");
                }

                return;
            case "passTime":
                Note($"{happening.Subject} pass");
                _ = Durations.TryRead(happening.Subject, out var time);
                Pass(time);
                return;
        }

        if (InputOf(happening) is not { } input)
        {
            Fail(happening.Line, $"step '{happening.Subject}' was not sent, so nobody can answer it. {Waiting()}");
            return;
        }

        Note($"{happening.Verb} {happening.Subject}{(happening.Code is null ? string.Empty : " " + happening.Code)}");
        JsonElement? data = happening.Data is null ? null : JsonSerializer.SerializeToElement(happening.Data);
        if (saga.Apply(input, data) is { } refused)
        {
            Fail(happening.Line, $"'{happening.Verb}' is refused ({refused.Code}): {refused.Reason}");
        }
    }

    // Timer by timer: there may be many until then.
    private void Pass(TimeSpan time)
    {
        var until = saga.Now + time;
        while (saga.View.Progress.NextTimer is { } timer && timer.DueAt <= until)
        {
            cancellationToken.ThrowIfCancellationRequested();
            saga.PassTime(timer.DueAt > saga.Now ? timer.DueAt - saga.Now : TimeSpan.Zero);
        }

        saga.PassTime(until - saga.Now);
    }

    private SagaInput? InputOf(Happening happening)
    {
        var (code, reason) = (happening.Code ?? "scenario", happening.Reason ?? "As the scenario says.");
        switch (happening.Verb)
        {
            case "cancel":
                return new Cancel("scenario", reason);
            case "signal":
                return new SignalReceived(SignalId(), happening.Subject);
            case "declines":
                return new SignalReceived(SignalId(), happening.Subject, code, reason);
        }

        var step = happening.Subject;
        var isUndo = happening.Verb is "undone" or "undoFails";
        if (LastSent(step, isUndo) is not { } sent)
        {
            return null;
        }

        var id = saga.View.Progress.CommandId(step, isUndo ? Direction.Undo : Direction.Do);
        return happening.Verb switch
        {
            "completes" => new StepSucceeded(step, id, sent.Attempt),
            "rejects" => new StepRejected(step, id, sent.Attempt, code, reason),
            "faults" => new StepFaulted(step, id, sent.Attempt, code, reason),
            "notDone" => new StepNotDone(step, id, sent.Attempt),
            "undone" => new CompensationSucceeded(step, id, sent.Attempt),
            _ => new CompensationFailed(step, id, sent.Attempt, code, reason),
        };
    }

    private void Compare(Happening happening, bool isUndo)
    {
        if (LastSent(happening.Subject, isUndo)?.Command is not JsonCommand command)
        {
            Fail(happening.Line, $"no command to {(isUndo ? "undo" : "execute")} step '{happening.Subject}' was sent. {Waiting()}");
            return;
        }

        foreach (var (name, value) in happening.Data as JsonObject ?? [])
        {
            var held = command.Fields.TryGetProperty(name, out var field) ? JsonNode.Parse(field.GetRawText()) : null;
            if (!JsonNode.DeepEquals(held, value))
            {
                Fail(happening.Line, $"the command of '{happening.Subject}' has {Text(held)} in '{name}', not {Text(value)}.");
            }
        }
    }

    private VirtualSending? LastSent(string step, bool isUndo) =>
        saga.Sent.LastOrDefault(sent => sent.Step == step && sent.IsCompensation == isUndo);

    private void Tell()
    {
        foreach (var sent in saga.Sent.Skip(told))
        {
            story.Add(
                $"sends {(sent.Command is null ? "an enquiry about " : sent.IsCompensation ? "undo " : string.Empty)}{sent.Step}"
                    + $" to {sent.Participant}"
            );
        }

        told = saga.Sent.Count;
    }

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "nothing";

    private void Note(string what) => story.Add(what.TrimEnd());

    private void Fail(int line, string why) => failures.Add(string.Create(CultureInfo.InvariantCulture, $"line {line}: {why}"));

    // The same in every run.
    private Guid SignalId() => new(saga.View.Progress.Signals.Length + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    private string Waiting()
    {
        var waits = saga
            .View.Progress.Steps.Where(step => step.Wait != Wait.None)
            .Select(step => $"'{step.Name}' for {step.Wait}")
            .ToArray();
        return $"The saga is {saga.View.Progress.State}"
            + (waits.Length == 0 ? " and waits for nothing." : $" and waits at {string.Join(", ", waits)}.");
    }
}
