using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.Webhooks;

/// <summary>Has something delivered that an operator asks for.</summary>
internal static class DeliverWebhookEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        Describe(api.MapBody("/{id:guid}/test", Test), "testWebhook", "Send a ping to a webhook")
            .WithDescription(
                "It is sent once, signed, within a second or so, also to a webhook that is switched off. Its delivery tells what came "
                    + "of it."
            );
        Describe(
                api.MapBody("/{id:guid}/deliveries/{number:long}/redeliver", Redeliver),
                "redeliverWebhook",
                "Send a delivery of a webhook again"
            )
            .WithDescription(
                "With the same id and body, beside the others, which do not wait for it. One that still waits is tried at once, in its "
                    + "place."
            );
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint
            .WithName(name)
            .WithSummary(summary)
            .TakesBody<OperatorRequest>()
            .Produces<DeliveryItem>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Test(
        Guid id,
        HttpRequest http,
        SagaWebhooks webhooks,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var read = await NotedBody.Read<OperatorRequest>(http, limits, cancellationToken);
        return read.Value is not { } asked ? read.Problem!
            : await webhooks.Test(id, asked.Note, cancellationToken) is { } delivery ? Accepted(id, delivery, http.HttpContext)
            : WebhookProblems.Unknown(id);
    }

    private static async Task<IResult> Redeliver(
        Guid id,
        long number,
        HttpRequest http,
        SagaWebhooks webhooks,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var read = await NotedBody.Read<OperatorRequest>(http, limits, cancellationToken);
        return read.Value is not { } asked ? read.Problem!
            : await webhooks.Redeliver(id, number, asked.Note, cancellationToken) is { } delivery ? Accepted(id, delivery, http.HttpContext)
            : await webhooks.Find(id, cancellationToken) is null ? WebhookProblems.Unknown(id)
            : WebhookProblems.UnknownDelivery(number);
    }

    private static IResult Accepted(Guid id, WebhookDelivery delivery, HttpContext http)
    {
        var item = DeliveryItem.Of(id, delivery, ApiPaths.Of(http));
        http.Response.Headers.Location = item.Links.Self;
        return ApiJson.Answer(item, StatusCodes.Status202Accepted);
    }
}
