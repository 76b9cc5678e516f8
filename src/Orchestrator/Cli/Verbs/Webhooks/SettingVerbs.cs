using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Acting;

namespace SagaOrchestrator.Cli.Verbs.Webhooks;

/// <summary><c>sagas webhooks create</c> and <c>change</c>: who is told of what.</summary>
internal static class SettingVerbs
{
    public static Command Create()
    {
        var (settings, note) = (new Settings(isNew: true), new Note());
        return new Verb("create", "Have somebody told. The answer has the secret, this once.", Operations.CreateWebhook)
            .With(settings.Options)
            .With(note.Options)
            .Does(async call =>
            {
                var body = note.Body(call);
                settings.Write(call, body);
                if (!call.Screen.IsJson)
                {
                    call.Screen.Say($"It would make a webhook to {settings.Url(call)}.");
                }

                if (!note.IsWanted(call))
                {
                    call.Screen.Note("Nothing was done.");
                    return ExitCode.Refused;
                }

                var answer = await call.Api.Post(Operations.CreateWebhook, body, null, call.Stop);
                call.Show(
                    answer,
                    webhook =>
                    {
                        WebhookView.Show(webhook, call.Screen);
                        call.Screen.Say(WebhookView.Secret(webhook));
                    }
                );
                return ExitCode.Done;
            });
    }

    public static Command Change()
    {
        var (id, settings, note) = (WebhookView.Id(), new Settings(isNew: false), new Note());
        return new Verb("change", "Change what you name; the rest stays as it is.", Operations.GetWebhook, Operations.ChangeWebhook)
            .With(id)
            .With(settings.Options)
            .With(note.Options)
            .Does(async call =>
            {
                var before = await call.Get(Operations.GetWebhook, call.Value(id).ToString());
                if (!call.Screen.IsJson)
                {
                    call.Screen.Say(WebhookView.Line(before.Json));
                    call.Screen.Say("It would be changed.");
                }

                if (!note.IsWanted(call))
                {
                    call.Screen.Note("Nothing was done.");
                    return ExitCode.Refused;
                }

                var body = note.Body(call);
                Keep(before.Json, body);
                settings.Write(call, body);
                var answer = await call.Api.Post(Operations.ChangeWebhook, body, null, call.Stop, call.Value(id).ToString());
                call.Show(answer, webhook => WebhookView.Show(webhook, call.Screen));
                return ExitCode.Done;
            });
    }

    // The API takes all settings together. One whose receiver is gone is to be tried again, else nobody would change it.
    private static void Keep(JsonElement webhook, JsonObject body)
    {
        foreach (var name in new[] { "url", "description", "outcomes", "alarms" })
        {
            if (webhook.At(name) is { } value)
            {
                body[name] = JsonNode.Parse(value.GetRawText());
            }
        }

        if (webhook.Items("types").Any() && webhook.At("types") is { } types)
        {
            body["types"] = JsonNode.Parse(types.GetRawText());
        }

        body["enabled"] = webhook.Text("state") != "Disabled";
    }

    private sealed class Settings(bool isNew)
    {
        private readonly Option<string?> url = new("--url")
        {
            Description = "Where each delivery is posted to: https.",
            HelpName = "URL",
            Required = isNew,
        };

        private readonly Option<string?> description = new("--description") { Description = "What it is for.", HelpName = "TEXT" };

        private readonly Option<string?> types = new("--types")
        {
            Description = "Only sagas of these types; 'all' for all.",
            HelpName = "TYPE,…",
        };

        private readonly Option<string?> outcomes = new("--outcomes")
        {
            Description = "Completed, Failed, Parked: some of them, 'all' or 'none'.",
            HelpName = "WORD,…",
        };

        private readonly Option<bool?> alarms = new("--alarms")
        {
            Description = "Whether it is told of alarms too.",
            HelpName = "true|false",
        };

        private readonly Option<bool?> enabled = new("--enabled")
        {
            Description = "Whether it is delivered; what it is to be told waits meanwhile.",
            HelpName = "true|false",
        };

        public Option[] Options => [url, description, types, outcomes, alarms, enabled];

        public string? Url(Call call) => call.Value(url);

        public void Write(Call call, JsonObject body)
        {
            Set(body, "url", call.Value(url));
            Set(body, "description", call.Value(description));
            Set(body, "alarms", call.Value(alarms));
            Set(body, "enabled", call.Value(enabled));
            SetList(body, "types", call.Value(types));
            SetList(body, "outcomes", call.Value(outcomes));
        }

        private static void Set(JsonObject body, string name, JsonNode? value)
        {
            if (value is not null)
            {
                body[name] = value;
            }
        }

        // Left out it is all of them.
        private static void SetList(JsonObject body, string name, string? value)
        {
            switch (value)
            {
                case null:
                    break;
                case "all":
                    body.Remove(name);
                    break;
                case "none":
                    body[name] = new JsonArray();
                    break;
                default:
                    body[name] = new JsonArray([.. value.Split(',').Select(word => (JsonNode)word)]);
                    break;
            }
        }
    }
}
