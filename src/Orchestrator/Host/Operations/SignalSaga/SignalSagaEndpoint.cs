using System.Text.Json;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Host.Machine.Repository;
using SagaOrchestrator.Host.Operations.GetSaga;
using SagaOrchestrator.Host.Operations.Problems;
using SagaOrchestrator.Host.Plans;

namespace SagaOrchestrator.Host.Operations.SignalSaga;

internal static class SignalSagaEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/{id:guid}/signals", Signal)
        .WithName("signalSaga")
        .WithSummary("Tell a saga something that it waits for")
        .WithDescription(
            "One that comes before its step has begun is kept. The same signalId again changes nothing and answers the same, so send it again when in doubt.")
        .Produces<SagaStatus>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Signal(
        Guid id, SignalRequest body, ISagaStore store, PlanCatalogue plans, SagaActor actor, CancellationToken cancellationToken)
    {
        FieldError[] errors = [.. body.Check()];
        if (errors.Length > 0)
        {
            return Problem.Invalid(errors);
        }

        if ((await store.Load(id, cancellationToken)).Saga is not { } saga)
        {
            return Problem.UnknownSaga(id);
        }

        var known = plans.Get(saga.Type, saga.PlanVersion).Shape.Steps.Select(step => step.Signal).OfType<string>().Distinct().ToArray();
        if (!known.Contains(body.Name))
        {
            return Problem.Invalid("name", known.Length == 0
                ? $"A saga '{saga.Type}' waits for no signals."
                : $"A saga '{saga.Type}' waits for: {string.Join(", ", known)}.");
        }

        var input = new SignalReceived(body.SignalId!.Value, body.Name!, body.Decline?.Code, body.Decline?.Reason);
        return await actor.Act(id, input, body.Data, action: null, cancellationToken) is { } acted
            ? TypedResults.Ok(SagaStatus.Of(acted.Saga))
            : Problem.UnknownSaga(id);
    }
}

/// <summary>A signal.</summary>
internal sealed record SignalRequest
{
    /// <summary>Chosen by the sender, one for each thing that happened.</summary>
    public Guid? SignalId { get; init; }

    /// <summary>Which signal, as the plan names it.</summary>
    public string? Name { get; init; }

    /// <summary>A JSON object that becomes the step's result; may be left out.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Why the answer is no; left out for a yes.</summary>
    public Decline? Decline { get; init; }

    public IEnumerable<FieldError> Check()
    {
        if (SignalId is not { } id || id == Guid.Empty)
        {
            yield return new FieldError("signalId", "Give a UUID, one for each thing that happened.");
        }

        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return new FieldError("name", "Say which signal, as the plan names it.");
        }

        if (Data is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) })
        {
            yield return new FieldError("data", "Give a JSON object, or leave it out.");
        }

        if (StoredJson.Objection(Data) is { } objection)
        {
            yield return new FieldError("data", objection);
        }

        if ($"{Name}{Decline?.Code}{Decline?.Reason}".Contains('\0', StringComparison.Ordinal))
        {
            yield return new FieldError(string.Empty, "The text holds a NUL character (U+0000), which cannot be stored. Remove it.");
        }

        if (Decline is not null && string.IsNullOrWhiteSpace(Decline.Code))
        {
            yield return new FieldError("decline.code", "Give a stable word, for example rejected_by_manager.");
        }
    }
}

/// <summary>A no.</summary>
/// <param name="Code">A stable word for programs.</param>
/// <param name="Reason">A sentence for people.</param>
internal sealed record Decline(string? Code, string? Reason);
