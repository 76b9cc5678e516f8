using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.Webhooks;

/// <summary>Webhooks without their secrets, and what they are told.</summary>
internal static class ReadWebhookEndpoints
{
    private const int LargestPage = 500;
    private const int UsualPage = 50;

    public static void Map(RouteGroupBuilder reads)
    {
        reads
            .MapGet("/", List)
            .WithName("listWebhooks")
            .WithSummary("Who is told of outcomes and alarms, the oldest first")
            .WithDescription("Secrets are told when they are made, and never again.")
            .Produces<WebhookList>();
        reads
            .MapGet("/{id:guid}", Get)
            .WithName("getWebhook")
            .WithSummary("A webhook")
            .Produces<WebhookStatus>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        reads
            .MapGet("/{id:guid}/deliveries", Deliveries)
            .WithName("listWebhookDeliveries")
            .WithSummary("What a webhook is told, the newest first")
            .WithDescription(
                "state: Pending, Delivered or Failed. Pages: limit from 1 to 500, and as after the number of the last of the page before. "
                    + "The newest ten thousand are kept."
            )
            .Produces<DeliveryList>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        reads
            .MapGet("/{id:guid}/deliveries/{number:long}", Delivery)
            .WithName("getWebhookDelivery")
            .WithSummary("A delivery, its body, and what came of it")
            .Produces<DeliveryItem>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(HttpContext http, SagaWebhooks webhooks, CancellationToken cancellationToken) =>
        ApiJson.Answer(
            new WebhookList([.. (await webhooks.List(cancellationToken)).Select(webhook => WebhookStatus.Of(webhook, ApiPaths.Of(http)))])
        );

    private static async Task<IResult> Get(Guid id, HttpContext http, SagaWebhooks webhooks, CancellationToken cancellationToken) =>
        await webhooks.Find(id, cancellationToken) is { } webhook
            ? ApiJson.Answer(WebhookStatus.Of(webhook, ApiPaths.Of(http)))
            : WebhookProblems.Unknown(id);

    private static async Task<IResult> Deliveries(
        Guid id,
        HttpContext http,
        SagaWebhooks webhooks,
        [Word(nameof(DeliveryState.Pending), nameof(DeliveryState.Delivered), nameof(DeliveryState.Failed))] string? state,
        [WholeNumber(0, long.MaxValue)] string? after,
        [WholeNumber(1, LargestPage, Usual = UsualPage)] string? limit,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var size = read.Number("limit", limit, UsualPage, 1, LargestPage);
        var before = read.Position("after", after);
        var words = read.Words<DeliveryState>("state", state);
        if (words.Length > 1)
        {
            read.Refuse("state", $"Give one of: {string.Join(", ", Enum.GetNames<DeliveryState>())}.");
        }

        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        if (await webhooks.Find(id, cancellationToken) is null)
        {
            return WebhookProblems.Unknown(id);
        }

        DeliveryState? wanted = words is [var word] ? Enum.Parse<DeliveryState>(word) : null;
        var found = await webhooks.Deliveries(id, wanted, before, size, cancellationToken);
        return ApiJson.Answer(
            new DeliveryList(
                [.. found.Select(delivery => DeliveryItem.Of(id, delivery, ApiPaths.Of(http), isListed: true))],
                found.Count == size ? found[^1].Number : null
            )
        );
    }

    private static async Task<IResult> Delivery(
        Guid id,
        long number,
        HttpContext http,
        SagaWebhooks webhooks,
        CancellationToken cancellationToken
    ) =>
        await webhooks.Delivery(id, number, cancellationToken) is { } delivery
            ? ApiJson.Answer(DeliveryItem.Of(id, delivery, ApiPaths.Of(http)))
        : await webhooks.Find(id, cancellationToken) is null ? WebhookProblems.Unknown(id)
        : WebhookProblems.UnknownDelivery(number);
}
