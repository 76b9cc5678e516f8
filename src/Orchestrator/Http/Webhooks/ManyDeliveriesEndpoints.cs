using System.Globalization;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.Webhooks;

/// <summary>Redelivers what was given up, or gives up what waits: all that a filter finds, with one statement.</summary>
internal static class ManyDeliveriesEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        Describe(api.MapBody("/{id:guid}/deliveries/redeliver", Redeliver), "redeliverWebhookDeliveries", "Send again what was given up")
            .WithDescription(
                "All failed deliveries that the filter finds, the oldest first, beside the others. While the receiver takes none, one is "
                    + "tried at a time. Pings are left out. With dryRun they are counted only."
            );
        Describe(api.MapBody("/{id:guid}/deliveries/give-up", GiveUp), "giveUpWebhookDeliveries", "Give up what waits")
            .WithDescription(
                "All pending deliveries that the filter finds become failed, and are kept. Of those to come, five hundred are made at a "
                    + "time. With dryRun they are counted only."
            );
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint
            .WithName(name)
            .WithSummary(summary)
            .TakesBody<DeliveriesRequest>()
            .Produces<DeliveriesChange>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static Task<IResult> Redeliver(
        Guid id,
        HttpRequest http,
        SagaWebhooks webhooks,
        IntakeLimits limits,
        CancellationToken cancellationToken
    ) => Change(id, DeliveryState.Failed, webhooks.RedeliverMany, http, webhooks, limits, cancellationToken);

    private static Task<IResult> GiveUp(
        Guid id,
        HttpRequest http,
        SagaWebhooks webhooks,
        IntakeLimits limits,
        CancellationToken cancellationToken
    ) => Change(id, DeliveryState.Pending, webhooks.GiveUpMany, http, webhooks, limits, cancellationToken);

    private static async Task<IResult> Change(
        Guid id,
        DeliveryState state,
        Func<Guid, DeliveryFilter, OperatorNote, CancellationToken, Task<ChangedDeliveries?>> change,
        HttpRequest http,
        SagaWebhooks webhooks,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var received = await NotedBody.Read<DeliveriesRequest>(http, limits, cancellationToken);
        if (received.Value is not { } asked)
        {
            return received.Problem!;
        }

        var read = new ParameterReader();
        var filter = Filter(asked.Body, read);
        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        var changed = asked.Body.DryRun
            ? await webhooks.Count(id, state, filter, cancellationToken) is { } count
                ? new ChangedDeliveries(count, 0)
                : null
            : await change(id, filter, asked.Note, cancellationToken);
        return changed is null
            ? WebhookProblems.Unknown(id)
            : ApiJson.Answer(DeliveriesChange.Of(id, changed, asked.Body.DryRun, ApiPaths.Of(http.HttpContext)));
    }

    private static DeliveryFilter Filter(DeliveriesRequest body, ParameterReader read)
    {
        var (since, before) = (read.Time("since", body.Since), read.Time("before", body.Before));
        if (since >= before)
        {
            read.Refuse("before", "Give a time later than since.");
        }

        if (body.Cause is { } cause && cause != DeliveryFilter.NoAnswer && !IsStatus(cause))
        {
            read.Refuse("cause", $"Give an HTTP status like 503, or {DeliveryFilter.NoAnswer}.");
        }

        return new DeliveryFilter
        {
            Since = since,
            Before = before,
            Cause = body.Cause,
            Limit = body.Limit ?? DeliveryFilter.Most,
        };
    }

    private static bool IsStatus(string cause) =>
        int.TryParse(cause, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and < 1000;
}

/// <summary>What became of many deliveries.</summary>
/// <param name="WebhookId">Whose they are.</param>
/// <param name="Matching">How many the filter found, without its limit.</param>
/// <param name="Changed">How many were changed; none by a dry run.</param>
/// <param name="DryRun">Whether they were counted only.</param>
/// <param name="Links">Where to go on.</param>
internal sealed record DeliveriesChange(Guid WebhookId, int Matching, int Changed, bool DryRun, WebhookLinks Links)
{
    public static DeliveriesChange Of(Guid id, ChangedDeliveries changed, bool isDryRun, ApiPaths paths) =>
        new(id, changed.Matching, changed.Changed, isDryRun, new WebhookLinks(paths.Webhook(id), paths.Webhook(id) + "/deliveries"));
}
