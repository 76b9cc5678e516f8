using System.Globalization;
using System.Security.Authentication;
using System.Text.Json;

namespace SagaOrchestrator.Cli.Api;

/// <summary>Gives words to answers that are errors, and to answers that do not come.</summary>
internal static class Problems
{
    private const string Media = "application/problem+json";
    private const int FirstServerError = 500;

    // What the API says with paths, said with verbs.
    private static readonly Dictionary<string, string> Verbs = new(StringComparer.Ordinal)
    {
        ["unauthenticated"] = "Run 'sagas login', or set SAGAS_TOKEN or SAGAS_API_KEY.",
        ["forbidden"] = "See 'sagas permissions' for what you may do, and who may do the rest.",
        ["unknown-saga"] = "Look it up: sagas ls --key-prefix TEXT",
        ["unknown-saga-type"] = "See 'sagas types' for those that there are.",
        ["unknown-plan-version"] = "See 'sagas plans ls' for those that there are.",
        ["unknown-participant"] = "See 'sagas participants ls' for those that there are.",
        ["unknown-bulk-job"] = "See 'sagas bulk ls' for those that there are.",
        ["unknown-dead-letter"] = "Look it up: sagas dead-letters ls --state waiting,redriven,discarded,gone",
        ["saga-changed"] = "Look at it again with 'sagas show', and decide on what is there. Nothing was done.",
    };

    /// <param name="answer">The answer.</param>
    /// <param name="text">Its body.</param>
    /// <param name="api">Where the API is.</param>
    /// <param name="nextMove">What the API says of this kind of problem; null when it does not say.</param>
    public static FailureException Of(HttpResponseMessage answer, string text, Uri api, string? nextMove)
    {
        var status = (int)answer.StatusCode;
        var exit = status >= FirstServerError ? ExitCode.Unreachable : ExitCode.Refused;
        if (Document(answer, text) is not { } problem)
        {
            return new FailureException(
                $"{api} answered with status {status} and no word about it.",
                status < FirstServerError ? "See that --server names the orchestrator's API." : "See the orchestrator's log.",
                exit
            )
            {
                Status = status,
            };
        }

        return new FailureException(Sentence(problem, status), NextMove(answer, problem, nextMove), exit)
        {
            Document = text,
            Status = status,
        };
    }

    /// <summary>The code of a problem, by which the API tells more about it; null when the answer is no problem document.</summary>
    public static string? CodeOf(HttpResponseMessage answer, string text) => Document(answer, text)?.Text("code");

    /// <summary>There is no answer.</summary>
    public static FailureException Away(Uri api, Exception exception) =>
        exception is HttpRequestException { InnerException: AuthenticationException }
            ? new FailureException(
                $"The certificate of {api} is not one that this machine trusts.",
                "Have its authority trusted here, or see that --server names the right address.",
                ExitCode.Unreachable,
                exception
            )
            : new FailureException(
                exception is OperationCanceledException
                    ? $"The API at {api} has not answered in time."
                    : $"The API at {api} does not answer.",
                "Sagas go on without this command. See that the orchestrator runs and that --server or the profile names it.",
                ExitCode.Unreachable,
                exception
            );

    public static FailureException NotTheApi(Uri api, Exception? exception = null) =>
        new(
            $"What answers at {api} is not the orchestrator's API, or one of another version.",
            "See that --server or the profile names it.",
            ExitCode.Unreachable,
            exception
        );

    private static JsonElement? Document(HttpResponseMessage answer, string text)
    {
        try
        {
            return answer.Content.Headers.ContentType?.MediaType == Media ? JsonElement.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Sentence(JsonElement problem, int status)
    {
        var words = Fields(problem)
            .Prepend(Ended(problem.At("errors") is null ? problem.Text("detail") : null))
            .Prepend(Ended(problem.Text("title")));
        var code = problem.Text("code") is { } name ? " " + name : null;
        return $"{string.Join(' ', words.Where(part => part.Length > 0))} ({status}{code})";
    }

    // The API says sentences of each field. Whatever else stands there is shown as it is.
    private static IEnumerable<string> Fields(JsonElement problem) =>
        problem.At("errors") switch
        {
            null => [],
            { ValueKind: JsonValueKind.Object } fields => fields
                .EnumerateObject()
                .Select(field => $"{field.Name}: {Sentences(field.Value)}"),
            { } other => [Sentences(other)],
        };

    private static string Sentences(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ? string.Join(' ', value.EnumerateArray().Select(sentence => Ended(sentence.Text())).Where(sentence => sentence.Length > 0))
            : Ended(value.Text());

    private static string? NextMove(HttpResponseMessage answer, JsonElement problem, string? nextMove)
    {
        var move = Verbs.GetValueOrDefault(problem.Text("code") ?? string.Empty, nextMove ?? string.Empty);
        var wait = answer.Headers.RetryAfter?.Delta is { } delta
            ? string.Create(CultureInfo.InvariantCulture, $"It can be sent again in {Math.Ceiling(delta.TotalSeconds)} s.")
            : null;
        var isSaid = problem.At("errors") is null && move == problem.Text("detail");
        var words = string.Join(' ', new[] { isSaid ? null : move, wait }.Where(part => !string.IsNullOrEmpty(part)));
        return words.Length > 0 ? words : null;
    }

    private static string Ended(string? sentence) =>
        string.IsNullOrEmpty(sentence) ? string.Empty
        : sentence.EndsWith('.') ? sentence
        : sentence + ".";
}
