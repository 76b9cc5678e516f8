using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Sagas;

namespace SagaOrchestrator.Cli.Verbs.Acting;

/// <summary>One of the things that can be done to a saga, as the API says it.</summary>
/// <param name="Kind">The API's word for it.</param>
/// <param name="Verb">Ours.</param>
internal sealed record SagaMove(string Kind, string Verb)
{
    /// <summary>What it would do, in a sentence; null when the API does not offer it now.</summary>
    public string? Does(JsonElement saga, string? step) =>
        Offers(saga).Where(offer => step is null || offer.Text("step") == step).Select(offer => offer.Text("does")).FirstOrDefault();

    /// <summary>The step that is meant: the given one, or the only one at which it is possible.</summary>
    public async Task<string> Step(Call call, JsonElement saga, string? given)
    {
        if (given is not null)
        {
            return given;
        }

        return Offers(saga).Select(offer => offer.Text("step")).OfType<string>().ToArray() switch
        {
            [var one] => one,
            [] => throw await NotPossible(call, saga),
            var several => throw FailureException.Usage(
                $"There are several steps to {Verb}: {string.Join(", ", several)}.",
                "Name one: --step NAME"
            ),
        };
    }

    private IEnumerable<JsonElement> Offers(JsonElement saga) => saga.Items("actions").Where(action => action.Text("action") == Kind);

    // The explanation knows why not.
    private async Task<FailureException> NotPossible(Call call, JsonElement saga)
    {
        var explained = (await call.Get(Operations.ExplainSaga, saga.Text("id")!)).Json;
        var reasons = explained
            .Items("moves")
            .Where(move => move.Text("kind") == Kind)
            .Select(move => Words.Joined(": ", move.Text("step"), move.Text("reason")))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return new FailureException(
            $"Nothing of {SagaGrid.NameOf(saga)} can be done by {Verb} now: "
                + (reasons.Length == 0 ? $"it is {saga.Text("state")}." : string.Join(' ', reasons)),
            "See what it waits for: sagas explain " + saga.Text("id"),
            ExitCode.Refused
        );
    }
}
