using System.CommandLine;
using System.Text.Json.Nodes;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Sagas;

namespace SagaOrchestrator.Cli.Verbs.Acting;

/// <summary><c>sagas start</c> and <c>signal</c>: what clients and people tell a saga.</summary>
internal static class StartVerbs
{
    private const int Existing = 200;

    public static Command Start()
    {
        var type = new Argument<string>("type") { Description = "The saga type, as 'sagas types' has them." };
        var file = new Option<string>("--file")
        {
            Description = "The plan's start as JSON; - for standard input.",
            HelpName = "FILE|-",
            Required = true,
        };
        var waiting = new Waiting();
        return new Verb(
            "start",
            "Start a saga. The same start again answers the saga that is there.",
            [Operations.StartSaga, .. Waiting.Needs]
        )
            .With(type)
            .With(file)
            .With(waiting.Option)
            .Does(async call =>
            {
                var start = JsonInput.Parse(await TextFile.Read(call.Value(file)!, call.Stop), call.Value(file)!);
                var answer = await call.Api.Post(Operations.StartSaga, start, null, call.Stop, call.Value(type));
                return await waiting.For(call, answer, null, saga => Say(call, answer.Status, saga));
            });
    }

    public static Command Signal()
    {
        var saga = SagaArgument.Make();
        var name = new Argument<string>("name") { Description = "The signal, as the plan names it." };
        var data = JsonInput.Make("--data", "An object that becomes the step's result.");
        var signalId = new Option<Guid?>("--signal-id")
        {
            Description = "Its id. The same again changes nothing, so give it when in doubt whether it has arrived.",
            HelpName = "UUID",
        };
        var code = new Option<string?>("--decline") { Description = "A no, with this code: the saga is then undone.", HelpName = "CODE" };
        var reason = new Option<string?>("--reason") { Description = "Of a no: why.", HelpName = "TEXT" };
        var waiting = new Waiting();
        return new Verb(
            "signal",
            "Tell a saga what it waits for, or will wait for.",
            [.. SagaArgument.Finding, Operations.SignalSaga, .. Waiting.Needs]
        )
            .With(saga, name)
            .With(data, code, reason, signalId, waiting.Option)
            .Does(async call =>
            {
                var before = await saga.Find(call);
                var body = new JsonObject { ["signalId"] = call.Value(signalId) ?? Guid.NewGuid(), ["name"] = call.Value(name) };
                if (await data.Read(call) is { } given)
                {
                    body["data"] = given;
                }

                if (call.Value(code) is { } no)
                {
                    body["decline"] = new JsonObject { ["code"] = no, ["reason"] = call.Value(reason) ?? no };
                }
                else if (call.Value(reason) is not null)
                {
                    throw FailureException.Usage("--reason is of a no.", "Add --decline CODE, or leave it out.");
                }

                var after = await call.Api.Post(Operations.SignalSaga, body, null, call.Stop, before.Json.Text("id")!);
                return await waiting.For(
                    call,
                    after,
                    before.Json.Time("updatedAt"),
                    json => call.Screen.Say("Done. " + SagaView.Line(json))
                );
            });
    }

    private static void Say(Call call, int status, System.Text.Json.JsonElement saga)
    {
        call.Screen.Say((status == Existing ? "It was started before. " : "Started. ") + SagaView.Line(saga));
        call.Screen.Say($"id {saga.Text("id")}", Cells.Weak);
    }
}
