using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.Webhooks;

/// <summary>Registers, changes and deletes webhooks.</summary>
internal static class ChangeWebhookEndpoints
{
    private static readonly TimeSpan UsualOverlap = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    public static void Map(RouteGroupBuilder api)
    {
        Describe<WebhookRequest>(api.MapBody("/", Create), "createWebhook", "Have somebody told of outcomes and alarms")
            .WithDescription(
                "The answer has the secret, this once. From now on each event is posted as JSON, signed as Standard Webhooks says, in "
                    + "order, at least once; one that is not answered with 2xx is tried again for three days."
            )
            .Produces<WebhookStatus>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict);
        Describe<WebhookRequest>(api.MapBody("/{id:guid}/change", Change), "changeWebhook", "Change who is told of what")
            .WithDescription("Give all settings, those too that stay. What waits is tried at once.")
            .Produces<WebhookStatus>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        Describe<OperatorRequest>(api.MapBody("/{id:guid}/delete", Delete), "deleteWebhook", "Delete a webhook")
            .WithDescription("Its secrets go with it, and what it was told or is to be.")
            .Produces<DeletedWebhook>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        Describe<RotateSecretRequest>(
                api.MapBody("/{id:guid}/rotate-secret", RotateSecret),
                "rotateWebhookSecret",
                "Make a new secret for a webhook"
            )
            .WithDescription(
                "The answer has the secret, this once. Until previousSecretEndsAt each delivery has two signatures, one of each secret."
            )
            .Produces<WebhookStatus>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Describe<TBody>(RouteHandlerBuilder endpoint, string name, string summary)
        where TBody : notnull =>
        endpoint.WithName(name).WithSummary(summary).TakesBody<TBody>().ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> Create(
        HttpRequest http,
        SagaWebhooks webhooks,
        PlanCatalogue plans,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var read = await ReadSettings(http, webhooks, plans, limits, cancellationToken);
        if (read.Value is not { } asked)
        {
            return read.Problem!;
        }

        if (await webhooks.Create(asked.Settings, asked.Note, cancellationToken) is not { } issued)
        {
            return WebhookProblems.TooMany(webhooks.Most);
        }

        var paths = ApiPaths.Of(http.HttpContext);
        http.HttpContext.Response.Headers.Location = paths.Webhook(issued.Webhook.Id);
        return ApiJson.Answer(WebhookStatus.Of(issued, paths), StatusCodes.Status201Created);
    }

    private static async Task<IResult> Change(
        Guid id,
        HttpRequest http,
        SagaWebhooks webhooks,
        PlanCatalogue plans,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var read = await ReadSettings(http, webhooks, plans, limits, cancellationToken);
        return read.Value is not { } asked ? read.Problem!
            : await webhooks.Change(id, asked.Settings, asked.Note, cancellationToken) is { } webhook
                ? ApiJson.Answer(WebhookStatus.Of(webhook, ApiPaths.Of(http.HttpContext)))
            : WebhookProblems.Unknown(id);
    }

    private static async Task<IResult> Delete(
        Guid id,
        HttpRequest http,
        SagaWebhooks webhooks,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var read = await NotedBody.Read<OperatorRequest>(http, limits, cancellationToken);
        return read.Value is not { } asked ? read.Problem!
            : await webhooks.Delete(id, asked.Note, cancellationToken) ? ApiJson.Answer(new DeletedWebhook(id))
            : WebhookProblems.Unknown(id);
    }

    private static async Task<IResult> RotateSecret(
        Guid id,
        HttpRequest http,
        SagaWebhooks webhooks,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var received = await NotedBody.Read<RotateSecretRequest>(http, limits, cancellationToken);
        if (received.Value is not { } asked)
        {
            return received.Problem!;
        }

        var read = new ParameterReader();
        var overlap = asked.Body.Overlap is "0s" ? TimeSpan.Zero : read.Duration("overlap", asked.Body.Overlap) ?? UsualOverlap;
        if (overlap > LongestOverlap)
        {
            read.Refuse("overlap", "Give at most 30d.");
        }

        return read.Errors.Count > 0 ? Problem.Invalid(read.Errors)
            : await webhooks.RotateSecret(id, overlap, asked.Note, cancellationToken) is { } issued
                ? ApiJson.Answer(WebhookStatus.Of(issued, ApiPaths.Of(http.HttpContext)))
            : WebhookProblems.Unknown(id);
    }

    private static async Task<Received<Asked?>> ReadSettings(
        HttpRequest http,
        SagaWebhooks webhooks,
        PlanCatalogue plans,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var received = await NotedBody.Read<WebhookRequest>(http, limits, cancellationToken);
        if (received.Value is not { } asked)
        {
            return new(received.Problem!);
        }

        var read = new ParameterReader();
        var settings = Settings(asked.Body, webhooks, plans, read);
        return read.Errors.Count > 0 ? new(Problem.Invalid(read.Errors)) : new(new Asked(settings, asked.Note));
    }

    private static WebhookSettings Settings(WebhookRequest body, SagaWebhooks webhooks, PlanCatalogue plans, ParameterReader read)
    {
        if (webhooks.Objection(body.Url) is { } objection)
        {
            read.Refuse("url", objection);
        }

        var types = body.Types ?? [];
        if (types.Any(type => plans.Find(type) is null))
        {
            read.Refuse("types", $"Give one or more of: {string.Join(", ", plans.Newest.Select(plan => plan.Type))}.");
        }

        var names = Enum.GetNames<WebhookOutcome>();
        var outcomes = body.Outcomes ?? names;
        if (outcomes.Except(names, StringComparer.Ordinal).Any())
        {
            read.Refuse("outcomes", $"Give some of: {string.Join(", ", names)}.");
            outcomes = names;
        }

        if (outcomes.Count == 0 && !body.Alarms)
        {
            read.Refuse("outcomes", "It would be told nothing. Name an outcome, or have it told of alarms.");
        }

        return new WebhookSettings
        {
            Url = body.Url,
            Description = body.Description,
            Types = [.. types.Distinct(StringComparer.Ordinal)],
            Outcomes = [.. outcomes.Distinct(StringComparer.Ordinal).Select(Enum.Parse<WebhookOutcome>)],
            Alarms = body.Alarms,
            IsEnabled = body.Enabled ?? true,
        };
    }

    private sealed record Asked(WebhookSettings Settings, OperatorNote Note);
}
