using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Acting;

namespace SagaOrchestrator.Cli.Verbs.Webhooks;

/// <summary><c>sagas webhooks</c>: who is told of outcomes and alarms.</summary>
internal static class WebhookVerbs
{
    public static Command Make() =>
        new("webhooks", "Who is told of outcomes and alarms by a signed request.")
        {
            List(),
            Show(),
            SettingVerbs.Create(),
            SettingVerbs.Change(),
            Act(
                "rm",
                "Delete a webhook, its secrets and its deliveries.",
                "delete this webhook",
                Operations.DeleteWebhook,
                (_, _) => "It is deleted."
            ),
            RotateSecret(),
            Act(
                "test",
                "Send a ping.",
                "send it a ping",
                Operations.TestWebhook,
                (ping, id) => $"It is sent. See what came of it: sagas webhooks delivery {id} {ping.Text("number")}"
            ),
            DeliveryVerbs.List(),
            DeliveryVerbs.Show(),
            DeliveryVerbs.Redeliver(),
            ManyDeliveriesVerbs.Redeliver(),
            ManyDeliveriesVerbs.GiveUp(),
        };

    private static Command List() =>
        ListVerb.Make(
            "ls",
            "Webhooks, the oldest first.",
            Operations.ListWebhooks,
            new Parameters(),
            "There are no webhooks.",
            ["ID", "STATE", "PENDING", "FAILED", "FAILING SINCE", "OUTCOMES", "ALARMS", "TYPES", "~URL", "~FOR"],
            (webhook, screen) =>
                [
                    Cells.Of(webhook.Text("id")),
                    Cells.State(webhook.Text("state")),
                    Cells.Of(webhook.Number("pending")),
                    Cells.Of(webhook.Number("failed")),
                    Cells.When(webhook.Time("failingSince"), screen.Now),
                    Cells.Of(WebhookView.Words(webhook, "outcomes")),
                    Cells.Of(webhook.Text("alarms")),
                    Cells.Of(WebhookView.Words(webhook, "types")),
                    Cells.Of(webhook.Text("url")),
                    Cells.Of(webhook.Text("description")),
                ]
        );

    private static Verb Show()
    {
        var id = WebhookView.Id();
        return new Verb("show", "One webhook.", Operations.GetWebhook)
            .With(id)
            .Does(call =>
                call.Show(Operations.GetWebhook, Query.None, webhook => WebhookView.Show(webhook, call.Screen), call.Value(id).ToString())
            );
    }

    private static Verb RotateSecret()
    {
        var overlap = new Option<string?>("--overlap")
        {
            Description = "How long the old secret signs too: 30m, 1d; 0s ends it at once. By itself 1d.",
            HelpName = "TIME",
        };
        return Act(
            "rotate-secret",
            "Make a new secret, which is shown this once.",
            "make a new secret, which its receiver must know before the old one ends",
            Operations.RotateWebhookSecret,
            (webhook, _) => WebhookView.Secret(webhook),
            (call, body) =>
            {
                if (call.Value(overlap) is { } given)
                {
                    body["overlap"] = given;
                }
            },
            overlap
        );
    }

    private static Verb Act(
        string name,
        string description,
        string would,
        Operation operation,
        Func<JsonElement, Guid, string> done,
        Action<Call, JsonObject>? more = null,
        params Option[] options
    )
    {
        var (id, note) = (WebhookView.Id(), new Note());
        return new Verb(name, description, operation, Operations.GetWebhook)
            .With(id)
            .With(options)
            .With(note.Options)
            .Does(async call =>
            {
                var webhook = call.Value(id);
                var before = await call.Get(Operations.GetWebhook, webhook.ToString());
                if (!call.Screen.IsJson)
                {
                    call.Screen.Say(WebhookView.Line(before.Json));
                    call.Screen.Say($"It would {would}.");
                }

                if (!note.IsWanted(call))
                {
                    call.Screen.Note("Nothing was done.");
                    return ExitCode.Refused;
                }

                var body = note.Body(call);
                more?.Invoke(call, body);
                var answer = await call.Api.Post(operation, body, null, call.Stop, webhook.ToString());
                call.Show(answer, json => call.Screen.Say(done(json, webhook)));
                return ExitCode.Done;
            });
    }
}
