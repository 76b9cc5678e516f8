using System.CommandLine;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Webhooks;

/// <summary>Webhooks and deliveries in words.</summary>
internal static class WebhookView
{
    public static Argument<Guid> Id() => new("id") { Description = "The webhook." };

    public static void Show(JsonElement webhook, Screen screen)
    {
        screen.Say(Line(webhook), Cells.StyleOf(webhook.Text("state")));
        screen.Say($"id {webhook.Text("id")}", Cells.Weak);
        if (webhook.Text("description") is { } description)
        {
            screen.Say(description);
        }

        var outcomes = Words(webhook, "outcomes") is { Length: > 0 } words ? words : "no outcomes";
        var types = Words(webhook, "types") is { Length: > 0 } named ? named : "all types";
        screen.Say($"It is told {outcomes} of {types}; alarms: {(webhook.Text("alarms") == "true" ? "yes" : "no")}.");
        if (webhook.Time("failingSince") is { } since)
        {
            screen.Say($"Its receiver has taken nothing since {Times.Both(since, screen.Now)}.", Cells.StyleOf("Failed"));
        }

        if (webhook.Time("previousSecretEndsAt") is { } end)
        {
            screen.Say($"Its former secret signs too until {Times.Both(end, screen.Now)}.");
        }
    }

    /// <summary>One sentence.</summary>
    public static string Line(JsonElement webhook) =>
        $"The webhook to {webhook.Text("url")} is {webhook.Text("state")}: {webhook.Text("pending")} pending, "
        + $"{webhook.Text("failed")} failed.";

    /// <summary>The secret, which is shown this once.</summary>
    public static string Secret(JsonElement webhook) => $"Its secret, which is not shown again: {webhook.Text("secret")}";

    public static string DeliveryLine(JsonElement delivery) =>
        Rendering.Words.Joined(
            " ",
            $"Delivery {delivery.Text("number")} ({delivery.Text("event")}) is {delivery.Text("state")} after "
                + $"{delivery.Text("attempts")} attempts.",
            delivery.Text("problem")
        );

    public static string Words(JsonElement webhook, string name) => string.Join(' ', webhook.Items(name).Select(word => word.Text()));

    public static Grid Deliveries(JsonElement list, Screen screen) =>
        ListVerb.Table(
            list,
            ["NUMBER", "EVENT", "STATE", "ATTEMPTS", "STATUS", "HAPPENED", "DUE", "SAGA", "~WHY"],
            (delivery, _) =>
                [
                    Cells.Of(delivery.Text("number")),
                    Cells.Of(delivery.Text("event")),
                    Cells.State(delivery.Text("state")),
                    Cells.Of(delivery.Text("attempts")),
                    Cells.Of(delivery.Text("status")),
                    Cells.When(delivery.Time("occurredAt"), screen.Now),
                    Cells.When(delivery.Time("dueAt"), screen.Now),
                    Cells.Of(delivery.Text("sagaId")),
                    Cells.Of(delivery.Text("problem")),
                ],
            screen
        );
}
