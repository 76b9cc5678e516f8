using System.CommandLine;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Sagas;

namespace SagaOrchestrator.Cli.Verbs.Overview;

/// <summary><c>sagas events</c> and <c>outcomes</c>: sagas as they change, and as they end.</summary>
internal static class FeedVerbs
{
    private const string Patience = "30s";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Command Events()
    {
        var filters = SagaFilters.Make(withKey: false);
        var after = new Parameters().Number("after", "Go on behind this position; without it, from now on.");
        var follow = new Option<bool>("--follow") { Description = "Also over a lost connection, until Ctrl-C." };
        return new Verb("events", "Sagas that match a filter, as they change, until Ctrl-C.", Operations.FollowSagas)
            .With(filters)
            .With(after)
            .With(follow)
            .Does(async call =>
            {
                var query = filters.Query(call.Parsed).With("after", after.Values(call.Parsed).Select(one => one.Value).FirstOrDefault());
                while (true)
                {
                    try
                    {
                        await foreach (var item in call.Api.Follow(Operations.FollowSagas, query, call.Stop))
                        {
                            query = query.With("after", item.EventId);
                            Show(call, item.Data);
                        }
                    }
                    catch (FailureException exception) when (exception.ExitCode == ExitCode.Unreachable && call.Value(follow))
                    {
                        call.Screen.Note(exception.Message);
                    }

                    if (!call.Value(follow))
                    {
                        return;
                    }

                    await Task.Delay(Pause, call.Stop);
                }
            });
    }

    public static Command Outcomes()
    {
        var parameters = new Parameters()
            .Number("after", "Behind this position; 0 by itself.")
            .Several("type", "Of these types.")
            .Number("limit", "So many at a time, from 1 to 1000.")
            .Text("wait", "Wait so long for the next one: 30s.");
        var follow = new Option<bool>("--follow") { Description = "Go on with those that come, until Ctrl-C." };
        return new Verb("outcomes", "Sagas that have ended, complete and in order.", Operations.ReadOutcomes)
            .With(parameters)
            .With(follow)
            .Does(async call =>
            {
                var query = parameters.Query(call.Parsed);
                if (!call.Value(follow))
                {
                    var answer = await call.Get(Operations.ReadOutcomes, query);
                    call.Show(answer, json => json.Items().ToList().ForEach(outcome => Say(call, outcome)));
                    call.Screen.Note($"Go on with: --after {answer.Json.Text("next")}");
                    return;
                }

                query = query.With("wait", Patience);
                while (true)
                {
                    query = query.With("after", await Next(call, query));
                }
            });
    }

    private static async Task<string?> Next(Call call, Query query)
    {
        try
        {
            var answer = await call.Get(Operations.ReadOutcomes, query);
            foreach (var outcome in answer.Json.Items())
            {
                if (call.Screen.IsJson)
                {
                    call.Screen.Raw(outcome.GetRawText());
                }
                else
                {
                    Say(call, outcome);
                }
            }

            return answer.Json.Text("next");
        }
        catch (FailureException exception) when (exception.ExitCode == ExitCode.Unreachable)
        {
            call.Screen.Note(exception.Message);
            await Task.Delay(Pause, call.Stop);
            return query.Parameters.Where(one => one.Name == "after").Select(one => one.Value).FirstOrDefault();
        }
    }

    private static void Say(Call call, JsonElement outcome) =>
        call.Screen.Say(
            Words.Joined(
                "  ",
                outcome.Text("position"),
                outcome.Time("endedAt") is { } ended ? Times.Absolute(ended) : null,
                outcome.Text("state"),
                SagaGrid.NameOf(outcome),
                outcome.Text("verdict") is { } verdict && verdict != outcome.Text("state") ? Words.Spaced(verdict) : null,
                outcome.At("error") is { } error ? SagaGrid.Error(error) : null
            ),
            Cells.StyleOf(outcome.Text("state"))
        );

    private static void Show(Call call, string data)
    {
        var saga = JsonElement.Parse(data);
        if (call.Screen.IsJson)
        {
            call.Screen.Raw(data);
            return;
        }

        call.Screen.Say(
            Words.Joined(
                "  ",
                saga.Time("updatedAt") is { } at ? Times.Absolute(at) : null,
                saga.Text("state"),
                SagaGrid.NameOf(saga),
                SagaGrid.Why(saga, DateTimeOffset.UtcNow)
            ),
            Cells.StyleOf(saga.Text("state"))
        );
    }
}
