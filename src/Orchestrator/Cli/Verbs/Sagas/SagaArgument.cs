using System.CommandLine;
using SagaOrchestrator.Cli.Api;

namespace SagaOrchestrator.Cli.Verbs.Sagas;

/// <summary>A saga as people name it: by its id, by type and business key, or by the key alone.</summary>
internal sealed class SagaArgument() : Argument<string>("saga")
{
    /// <summary>What is called to find it.</summary>
    public static readonly Operation[] Finding = [Operations.GetSaga, Operations.GetSagaByKey, Operations.ListSagas];

    public static SagaArgument Make() =>
        new() { Description = "Its id, or TYPE/KEY, or the business key alone.", HelpName = "ID|TYPE/KEY" };

    /// <summary>Its status.</summary>
    public async Task<ApiAnswer> Find(Call call)
    {
        var text = call.Value(this);
        if (Guid.TryParse(text, out var id))
        {
            return await call.Get(Operations.GetSaga, id.ToString());
        }

        var (type, key) = text.Split('/', 2) is [{ Length: > 0 } before, { Length: > 0 } behind] ? (before, behind) : (null, text);
        // A key of dots alone cannot stand in a path.
        return type is not null && key.Trim('.').Length > 0 ? await ByPath(call, type, key) : await ByKey(call, type, key);
    }

    private static async Task<ApiAnswer> ByPath(Call call, string type, string key)
    {
        try
        {
            return await call.Get(Operations.GetSagaByKey, type, key);
        }
        catch (FailureException exception)
            when (exception.Document is { } document && document.Contains("\"unknown-saga-type\"", StringComparison.Ordinal))
        {
            // The slash may belong to the key.
            return await ByKey(call, null, $"{type}/{key}", exception);
        }
    }

    private static async Task<ApiAnswer> ByKey(Call call, string? type, string key, FailureException? otherwise = null)
    {
        var found = (await call.Get(Operations.ListSagas, Query.None.With("key", key).With("type", type).With("limit", "10"))).Json.Items();
        return found.ToArray() switch
        {
            [var one] => await call.Get(Operations.GetSaga, one.Text("id")!),
            [] => throw otherwise
                ?? new FailureException(
                    $"No saga has the business key '{key}'.",
                    "Look it up: sagas ls --key-prefix TEXT",
                    ExitCode.Refused
                ),
            var several => throw FailureException.Usage(
                $"Several sagas have the business key '{key}'.",
                $"Name one: {string.Join(", ", several.Select(SagaGrid.NameOf))}"
            ),
        };
    }
}
