using System.CommandLine;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Sagas;

/// <summary><c>sagas show</c>, <c>explain</c>, <c>history</c> and <c>diagram</c>: one saga.</summary>
internal static class ReadSagaVerbs
{
    public static Command Show()
    {
        var saga = SagaArgument.Make();
        var watch = new Option<bool>("--watch")
        {
            Description = "Go on with what happens to it until it has ended; status 4 unless it completes.",
        };
        var after = new Option<long?>("--after") { Description = "With --watch: only what comes behind this version.", HelpName = "N" };
        return new Verb("show", "Where one saga stands, and what can be done.", [.. SagaArgument.Finding, Operations.FollowSaga])
            .With(saga)
            .With(watch, after)
            .Does(async call =>
            {
                var status = await saga.Find(call);
                if (!call.Value(watch))
                {
                    call.Show(status, json => SagaView.Show(json, call.Screen));
                    return ExitCode.Done;
                }

                return await Following.Follow(call, status.Json, untilParked: false, call.Value(after));
            });
    }

    public static Command Explain()
    {
        var saga = SagaArgument.Make();
        return new Verb(
            "explain",
            "What one saga waits for, what comes next and what can be done, in sentences.",
            [.. SagaArgument.Finding, Operations.ExplainSaga]
        )
            .With(saga)
            .Does(async call =>
            {
                var id = (await saga.Find(call)).Json.Text("id")!;
                await call.Show(Operations.ExplainSaga, Query.None, json => ExplanationView.Show(json, call.Screen), id);
            });
    }

    public static Command History()
    {
        var saga = SagaArgument.Make();
        var after = new Parameters().Number("after", "Only what came behind this version.");
        return new Verb("history", "What happened to one saga, in order.", [.. SagaArgument.Finding, Operations.GetSagaHistory])
            .With(saga)
            .With(after)
            .Does(async call =>
            {
                var id = (await saga.Find(call)).Json.Text("id")!;
                var query = after.Query(call.Parsed);
                string? next;
                var grid = HistoryGrid.Make();
                do
                {
                    var page = await call.Get(Operations.GetSagaHistory, query, id);
                    call.Show(
                        page,
                        json =>
                        {
                            foreach (var entry in json.Items())
                            {
                                HistoryGrid.Add(grid, entry);
                            }
                        }
                    );
                    next = page.Json.Text("next");
                    query = query.With("after", next);
                } while (next is not null);

                if (!call.Screen.IsJson)
                {
                    call.Show(grid, "Nothing has happened.");
                }
            });
    }

    public static Command Diagram()
    {
        var saga = SagaArgument.Make();
        var picture = new Picture();
        return new Verb("diagram", "The steps of one saga as a picture.", [.. SagaArgument.Finding, Operations.DrawSaga])
            .With(saga)
            .With(picture.Format)
            .Does(async call =>
            {
                var id = (await saga.Find(call)).Json.Text("id")!;
                await picture.Write(call, Operations.DrawSaga, id);
            });
    }
}
