using System.CommandLine;
using System.Globalization;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Acting;

namespace SagaOrchestrator.Cli.Verbs.Webhooks;

/// <summary>What webhooks are told, and what came of it.</summary>
internal static class DeliveryVerbs
{
    public static Command List()
    {
        var id = WebhookView.Id();
        var parameters = new Parameters()
            .Word("state", "Only those.", "Pending", "Delivered", "Failed")
            .Number("after", "The page behind this number.")
            .Number("limit", "So many on a page.");
        return new Verb("deliveries", "What a webhook is told, the newest first.", Operations.ListWebhookDeliveries)
            .With(id)
            .With(parameters)
            .Does(async call =>
            {
                var answer = await call.Get(Operations.ListWebhookDeliveries, parameters.Query(call.Parsed), call.Value(id).ToString());
                call.Show(answer, json => call.Show(WebhookView.Deliveries(json, call.Screen), "There are no such deliveries."));
                if (!call.Screen.IsJson && answer.Json.Text("next") is { } next)
                {
                    call.Screen.Note($"There are more: --after {next}");
                }
            });
    }

    public static Command Show()
    {
        var (id, number) = (WebhookView.Id(), Number());
        return new Verb("delivery", "One delivery, its body, and what came of it.", Operations.GetWebhookDelivery)
            .With(id)
            .With(number)
            .Does(call =>
                call.Show(
                    Operations.GetWebhookDelivery,
                    Query.None,
                    delivery =>
                    {
                        call.Screen.Say(WebhookView.DeliveryLine(delivery), Cells.StyleOf(delivery.Text("state")));
                        if (delivery.At("body") is { } body)
                        {
                            call.Screen.Raw(body.GetRawText());
                        }
                    },
                    call.Value(id).ToString(),
                    Text(call, number)
                )
            );
    }

    public static Command Redeliver()
    {
        var (id, number, note) = (WebhookView.Id(), Number(), new Note());
        return new Verb("redeliver", "Send a delivery again.", Operations.GetWebhookDelivery, Operations.RedeliverWebhook)
            .With(id)
            .With(number)
            .With(note.Options)
            .Does(async call =>
            {
                var (webhook, delivery) = (call.Value(id).ToString(), Text(call, number));
                var before = await call.Get(Operations.GetWebhookDelivery, webhook, delivery);
                if (!call.Screen.IsJson)
                {
                    call.Screen.Say(WebhookView.DeliveryLine(before.Json));
                    call.Screen.Say("It would be sent again.");
                }

                if (!note.IsWanted(call))
                {
                    call.Screen.Note("Nothing was done.");
                    return ExitCode.Refused;
                }

                var answer = await call.Api.Post(Operations.RedeliverWebhook, note.Body(call), null, call.Stop, webhook, delivery);
                call.Show(answer, json => call.Screen.Say("Asked for. " + WebhookView.DeliveryLine(json)));
                return ExitCode.Done;
            });
    }

    private static Argument<long> Number() => new("number") { Description = "The delivery." };

    private static string Text(Call call, Argument<long> number) => call.Value(number).ToString(CultureInfo.InvariantCulture);
}
