using System.Text.Json;

namespace SagaOrchestrator.Console.Api;

/// <summary>What is posted for an action that the API has named.</summary>
internal static class SagaAction
{
    private const string NoCode = "declined";

    public static object Body(ActionItem action, string by, string reason, string? data) =>
        action.Action switch
        {
            "ResolveAsDone" => new
            {
                action.Step,
                By = by,
                Reason = reason,
                Outcome = "done",
                Result = Json(data),
            },
            "ResolveAsNotDone" => new
            {
                action.Step,
                By = by,
                Reason = reason,
                Outcome = "not-done",
            },
            "Cancel" or "Pause" or "Resume" => new { By = by, Reason = reason },
            "Extend" => new
            {
                action.Step,
                By = by,
                Reason = reason,
                Until = data?.Trim() ?? string.Empty,
            },
            "Signal" => new
            {
                SignalId = Guid.NewGuid(),
                Name = action.Signal,
                Data = Json(data),
            },
            "DeclineSignal" => new
            {
                SignalId = Guid.NewGuid(),
                Name = action.Signal,
                Decline = new { Code = NoCode, Reason = reason },
            },
            _ => new
            {
                action.Step,
                By = by,
                Reason = reason,
            },
        };

    /// <summary>What was typed, as JSON; null when nothing was.</summary>
    public static JsonElement? Json(string? data)
    {
        try
        {
            return data is null ? null : JsonElement.Parse(data);
        }
        catch (JsonException exception)
        {
            throw new ApiFailureException(
                $"What you gave is no JSON: {exception.Message}",
                "Nothing was sent. Write an object, like {\"room\": \"12\"}.",
                inner: exception
            );
        }
    }
}
