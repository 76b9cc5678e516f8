using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Http.SignalSaga;

internal static class SignalSagaEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapBody("/{id:guid}/signals", Signal)
            .WithName("signalSaga")
            .WithSummary("Tell a saga something that it waits for")
            .WithDescription(
                "One that comes before its step has begun is kept. The same signalId again changes nothing and answers the same, so send "
                    + "it again when in doubt."
            )
            .TakesBody<SignalRequest>()
            .Produces<SagaStatus>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Signal(
        Guid id,
        HttpRequest http,
        SagaSignals signals,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var read = await RequestBody.Read<SignalRequest>(http, limits, cancellationToken);
        if (read.Value is not { } body)
        {
            return read.Problem!;
        }

        var decline = body.Decline is { } no ? new SignalDecline(no.Code, no.Reason) : null;
        return ActionResults.Of(
            await signals.Send(id, new Signal(body.SignalId, body.Name, body.Data, decline), cancellationToken),
            id,
            ApiPaths.Of(http.HttpContext)
        );
    }
}

/// <summary>A signal.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SignalRequest
{
    /// <summary>Chosen by the sender, one for each thing that happened.</summary>
    public required Guid SignalId { get; init; }

    /// <summary>Which signal, as the plan names it.</summary>
    [Length(1, 200)]
    public required string Name { get; init; }

    /// <summary>A JSON object that becomes the step's result; may be left out.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Why the answer is no; left out for a yes.</summary>
    public Decline? Decline { get; init; }
}

/// <summary>A no.</summary>
/// <param name="Code">A stable word for programs.</param>
/// <param name="Reason">A sentence for people.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Decline(
    [Length(1, ReplyTexts.LongestCode)] string Code,
    [StringLength(ReplyTexts.LongestReason)] string? Reason = null
);
