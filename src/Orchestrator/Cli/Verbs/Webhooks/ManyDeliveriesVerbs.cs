using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Acting;

namespace SagaOrchestrator.Cli.Verbs.Webhooks;

/// <summary><c>sagas webhooks redeliver-all</c> and <c>give-up</c>: many deliveries at once.</summary>
internal static class ManyDeliveriesVerbs
{
    private static readonly string[] Numbers = ["limit"];

    public static Command Redeliver() =>
        Make(
            "redeliver-all",
            "Send again what was given up; of many, the first shows whether the receiver takes them.",
            Operations.RedeliverWebhookDeliveries,
            "failed",
            "sent again"
        );

    public static Command GiveUp() =>
        Make(
            "give-up",
            "Give up what waits; it is kept, and can be redelivered.",
            Operations.GiveUpWebhookDeliveries,
            "pending",
            "given up"
        );

    private static Verb Make(string name, string description, Operation operation, string state, string done)
    {
        var (id, note) = (WebhookView.Id(), new Note());
        var filter = new Parameters()
            .Time("since", "Of what happened at this time or later.")
            .Time("before", "Of what happened before this time.")
            .Text("cause", "That were answered with this HTTP status last; 'no-answer' for nothing.")
            .Number("limit", "So many, the oldest first.");
        return new Verb(name, description, operation)
            .With(id)
            .With(filter)
            .With(note.Options)
            .Does(async call =>
            {
                var (webhook, body) = (call.Value(id).ToString(), Body(call, note, filter));
                if (!call.Screen.IsJson)
                {
                    var dry = (JsonObject)body.DeepClone();
                    dry["dryRun"] = true;
                    var found = await call.Api.Post(operation, dry, null, call.Stop, webhook);
                    call.Screen.Say($"{found.Json.Text("matching")} {state} deliveries are found. They would be {done}.");
                }

                if (!note.IsWanted(call))
                {
                    call.Screen.Note("Nothing was done.");
                    return ExitCode.Refused;
                }

                var answer = await call.Api.Post(operation, body, null, call.Stop, webhook);
                call.Show(answer, json => call.Screen.Say($"{json.Text("changed")} of {json.Text("matching")} are {done}."));
                return ExitCode.Done;
            });
    }

    private static JsonObject Body(Call call, Note note, Parameters filter)
    {
        var body = note.Body(call);
        foreach (var (name, value) in filter.Values(call.Parsed))
        {
            body[name] = Numbers.Contains(name) ? long.Parse(value, CultureInfo.InvariantCulture) : value;
        }

        return body;
    }
}
