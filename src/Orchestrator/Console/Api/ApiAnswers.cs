using System.Net.Http.Json;
using System.Text.Json;

namespace SagaOrchestrator.Console.Api;

/// <summary>Reads answers of the API, and gives words to those that are errors.</summary>
internal static class ApiAnswers
{
    private const string Letter = "dead-letter";
    private const string Plan = "unknown-plan-version";

    private const string Later = "The page tries again by itself; see meanwhile what the orchestrator's /health/ready says.";

    public static async Task<T> Read<T>(HttpResponseMessage answer, Uri api, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellationToken)
                ?? throw new JsonException("The answer is empty.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new ApiFailureException(
                $"What answers at {api} is not the orchestrator's API, or one of another version.",
                "Set Console:Api to the address of the API.",
                inner: exception
            );
        }
    }

    public static async Task<ApiFailureException> Failure(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        var problem = await Problem(answer, cancellationToken);
        if (status == StatusCodes.Status401Unauthorized)
        {
            return new ApiFailureException(
                "The API does not let the console in.",
                "Set Console:Authority and Console:ClientId, so that people sign in, or Console:ApiKey.",
                status
            );
        }

        var said = problem is null ? $"The API answered with status {status}." : Sentence(problem);
        return new ApiFailureException(said, NextMove(status, problem?.Code ?? string.Empty), status);
    }

    /// <summary>There is no answer.</summary>
    public static ApiFailureException Away(Uri api, Exception exception) =>
        new(
            exception is OperationCanceledException ? $"The API at {api} has not answered in time." : $"The API at {api} does not answer.",
            "Sagas go on without the console. See that the orchestrator runs and that Console:Api names it; "
                + "the page tries again by itself.",
            inner: exception
        );

    private static string NextMove(int status, string code) =>
        status switch
        {
            StatusCodes.Status404NotFound when code.EndsWith(Letter, StringComparison.Ordinal) => "Look it up in the list of dead letters.",
            StatusCodes.Status404NotFound when code == Plan => "Look it up in the list of plans.",
            StatusCodes.Status409Conflict when code.StartsWith(Letter, StringComparison.Ordinal) =>
                "Look at what was asked of it, and what is possible now.",
            StatusCodes.Status400BadRequest => "Change what it names.",
            StatusCodes.Status403Forbidden => "See “Your permissions” above for what you may do, and who may do the rest.",
            StatusCodes.Status404NotFound => "Look it up in the list of sagas.",
            StatusCodes.Status409Conflict => "The saga may have changed meanwhile: look at what is possible now.",
            _ => Later,
        };

    private static string Sentence(ApiProblem problem)
    {
        var fields = problem.Errors is null ? [] : problem.Errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}");
        return string.Join(' ', fields.Prepend(Ended(problem.Detail)).Prepend(Ended(problem.Title)).Where(part => part.Length > 0));
    }

    private static string Ended(string? sentence) =>
        string.IsNullOrEmpty(sentence) ? string.Empty
        : sentence.EndsWith('.') ? sentence
        : sentence + ".";

    private static async Task<ApiProblem?> Problem(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
                ? await answer.Content.ReadFromJsonAsync<ApiProblem>(JsonSerializerOptions.Web, cancellationToken)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record ApiProblem(string? Title, string? Detail, string? Code, IReadOnlyDictionary<string, string[]>? Errors);
}
