using System.CommandLine;
using System.Text.Json.Nodes;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Sagas;

namespace SagaOrchestrator.Cli.Verbs.Acting;

/// <summary>
/// <c>sagas retry</c>, <c>skip</c>, <c>resolve</c>, <c>pause</c>, <c>resume</c>, <c>extend</c> and <c>cancel</c>: what an operator does to
/// one saga.
/// </summary>
internal static class ActVerbs
{
    public static Command Retry() =>
        OfStep("retry", "Send a stuck command again now.", Operations.RetryStep, _ => new SagaMove("Retry", "retry"));

    public static Command Skip() =>
        OfStep(
            "skip",
            "Give a stuck compensation up; the effect may stay.",
            Operations.SkipCompensation,
            _ => new SagaMove("Skip", "skip")
        );

    public static Command Resolve()
    {
        var outcome = new Option<string>("--outcome")
        {
            Description = "done: it happened, or is undone. not-done: it did not and will not happen.",
            Required = true,
        }.AcceptOnlyFromAmong("done", "not-done");
        var result = JsonInput.Make("--result", "The result that the participant would have answered, of a step that is done.");
        return OfStep(
            "resolve",
            "Say how a stuck step turned out.",
            Operations.ResolveStep,
            call => call.Value(outcome) == "done" ? new SagaMove("ResolveAsDone", "resolve") : new SagaMove("ResolveAsNotDone", "resolve"),
            async (call, body) =>
            {
                body["outcome"] = call.Value(outcome);
                if (await result.Read(call) is { } given)
                {
                    body["result"] = given;
                }
            },
            outcome,
            result
        );
    }

    public static Command Pause() =>
        OfSaga("Pause", "pause", "Send nothing more until the saga is resumed; its time stands still.", Operations.PauseSaga);

    public static Command Resume() => OfSaga("Resume", "resume", "Go on where the saga was paused.", Operations.ResumeSaga);

    public static Command Cancel() =>
        OfSaga("Cancel", "cancel", "Give a saga up and undo what it did; refused from the pivot on.", Operations.CancelSaga);

    public static Command Extend()
    {
        var until = new Until();
        var step = new Option<string?>("--step")
        {
            Description = "The step that is to wait longer; by itself the saga.",
            HelpName = "NAME",
        };
        return OfSaga(
            "Extend",
            "extend",
            "Wait longer for a step, or for the saga.",
            Operations.ExtendDeadline,
            (call, body) =>
            {
                body["until"] = until.Of(call);
                if (call.Value(step) is { } named)
                {
                    body["step"] = named;
                }
            },
            step,
            until.Option
        );
    }

    private static Verb OfSaga(
        string kind,
        string name,
        string description,
        Operation operation,
        Action<Call, JsonObject>? more = null,
        params Option[] options
    )
    {
        var (saga, note, waiting) = (SagaArgument.Make(), new Note(), new Waiting());
        return new Verb(name, description, [.. SagaArgument.Finding, .. Waiting.Needs, operation])
            .With(saga)
            .With(options)
            .With(note.Options)
            .With(waiting.Option)
            .Does(async call =>
            {
                var before = await saga.Find(call);
                var body = note.Body(call);
                more?.Invoke(call, body);
                return await Do(call, before, new SagaMove(kind, name), (string?)body["step"], operation, note, waiting, body);
            });
    }

    private static Verb OfStep(
        string name,
        string description,
        Operation operation,
        Func<Call, SagaMove> move,
        Func<Call, JsonObject, Task>? more = null,
        params Option[] options
    )
    {
        var (saga, note, waiting) = (SagaArgument.Make(), new Note(), new Waiting());
        var step = new Option<string?>("--step")
        {
            Description = "Which step; may be left out where only one can be meant.",
            HelpName = "NAME",
        };
        return new Verb(name, description, [.. SagaArgument.Finding, .. Waiting.Needs, Operations.ExplainSaga, operation])
            .With(saga)
            .With(step)
            .With(options)
            .With(note.Options)
            .With(waiting.Option)
            .Does(async call =>
            {
                var before = await saga.Find(call);
                var meant = move(call);
                var body = note.Body(call);
                body["step"] = await meant.Step(call, before.Json, call.Value(step));
                await (more?.Invoke(call, body) ?? Task.CompletedTask);
                return await Do(call, before, meant, (string?)body["step"], operation, note, waiting, body);
            });
    }

    // What is shown holds for the saga as it was read, so the API does it to that one or not at all.
    private static async Task<int> Do(
        Call call,
        ApiAnswer before,
        SagaMove move,
        string? step,
        Operation operation,
        Note note,
        Waiting waiting,
        JsonObject body
    )
    {
        var saga = before.Json;
        if (!call.Screen.IsJson)
        {
            call.Screen.Say(SagaView.Line(saga), Cells.StyleOf(saga.Text("state")));
            call.Screen.Say(
                move.Does(saga, step) is { } does
                    ? "It would: " + does
                    : $"The API does not offer to {Words.Joined(" ", move.Verb, step)} now; it is asked all the same."
            );
        }

        if (!note.IsWanted(call))
        {
            call.Screen.Note("Nothing was done.");
            return ExitCode.Refused;
        }

        var after = await call.Api.Post(operation, body, before.Tag, call.Stop, saga.Text("id")!);
        return await waiting.For(call, after, saga.Time("updatedAt"), json => call.Screen.Say("Done. " + SagaView.Line(json)));
    }
}
