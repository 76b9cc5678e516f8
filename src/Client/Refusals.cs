using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SagaOrchestrator.Client;

/// <summary>Reads what the API refuses with: problem details of RFC 9457.</summary>
internal static class Refusals
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public static RefusedException NoAnswer(Uri? address, Exception cause) =>
        new(
            new SagaClientException(
                $"The orchestrator at {address} did not answer: {cause.GetBaseException().Message} Look whether it runs, and whether this "
                    + "address reaches it.",
                cause
            )
            {
                IsTransient = true,
            }
        );

    public static async Task<RefusedException> Of(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var problem = await Problem(answer, cancellationToken);
        var title = Text(problem, "title") ?? $"The orchestrator answered {(int)answer.StatusCode}.";
        var detail = Text(problem, "detail");
        var errors = Errors(problem);
        var wrong = string.Concat(errors.Select(error => $" {error.Key}: {string.Join(' ', error.Value)}"));
        var failure = new SagaClientException(string.Join(' ', new[] { title, detail }.OfType<string>()) + wrong)
        {
            Status = answer.StatusCode,
            Code = Text(problem, "code"),
            Errors = errors,
            SagaId = Guid.TryParse(Text(problem, "sagaId"), out var saga) ? saga : null,
            IsTransient =
                SaysNothingWasDone(answer.StatusCode) || answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout,
        };
        return new RefusedException(failure, After(answer.Headers.RetryAfter));
    }

    /// <summary>Whether the orchestrator itself did nothing. What stands between says only that it heard nothing of it.</summary>
    public static bool SaysNothingWasDone(HttpStatusCode? status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    public static SagaClientException EndsAtOnce(Guid saga) =>
        new($"The stream of saga {saga} ends at once. Look whether the orchestrator is well.") { IsTransient = true };

    public static SagaClientException NoApi(Uri? address, Exception? cause = null) =>
        new($"What answers at {address} is no orchestrator's API. Correct SagaClientOptions.Address.", cause);

    // A date may have passed.
    private static TimeSpan? After(RetryConditionHeaderValue? asked) =>
        (asked?.Delta ?? (asked?.Date - DateTimeOffset.UtcNow)) is { } pause
            ? TimeSpan.FromTicks(Math.Clamp(pause.Ticks, 0, LongestPause.Ticks))
            : null;

    // Whatever stands between may answer in a form of its own.
    private static async Task<JsonElement?> Problem(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            var problem = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return problem.ValueKind == JsonValueKind.Object ? problem : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement? problem, string name) =>
        problem is { } json && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static Dictionary<string, string[]> Errors(JsonElement? problem)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (problem is { } json && json.TryGetProperty("errors", out var all) && all.ValueKind == JsonValueKind.Object)
        {
            foreach (var error in all.EnumerateObject())
            {
                errors[error.Name] =
                    error.Value.ValueKind == JsonValueKind.Array
                        ? [.. error.Value.EnumerateArray().Select(one => one.ToString())]
                        : [error.Value.ToString()];
            }
        }

        return errors;
    }
}
