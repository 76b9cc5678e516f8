using System.CommandLine;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using Spectre.Console.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Overview;

/// <summary>How many, how long, how much, and why not.</summary>
internal static class CountVerbs
{
    public static Command Summary() =>
        new Verb("summary", "How many sagas of each type and plan version are in each state.", Operations.SummarizeSagas).Does(call =>
            call.Show(
                Operations.SummarizeSagas,
                Query.None,
                json =>
                    call.Show(
                        ListVerb.Table(
                            json,
                            ["TYPE", "VERSION", "STATE", "SAGAS"],
                            (count, _) =>
                                [
                                    Cells.Of(count.Text("type")),
                                    Cells.Of(count.Text("planVersion")),
                                    Cells.State(count.Text("state")),
                                    Cells.Of(count.Number("count")),
                                ],
                            call.Screen,
                            "counts"
                        ),
                        "There are no sagas."
                    )
            )
        );

    public static Command Failures() =>
        ListVerb.Make(
            "failures",
            "Why sagas failed or are failing: by type, step and code; of the last day by itself.",
            Operations.GroupFailures,
            new Parameters()
                .Several("type", "Of these types.")
                .Time("from", "Changed at this time or later.")
                .Time("before", "Changed before this time.")
                .Number("limit", "At most so many causes."),
            "No saga failed.",
            ["TYPE", "STEP", "CODE", "SAGAS", "UNDER WAY", "LAST", "~EXAMPLE"],
            (failure, screen) =>
                [
                    Cells.Of(failure.Text("type")),
                    Cells.Of(failure.Text("step")),
                    Cells.Of(failure.Text("code")),
                    Cells.Of(failure.Number("count")),
                    Cells.Of(failure.Number("underWay")),
                    Cells.When(failure.Time("last"), screen.Now),
                    Cells.Of(Example(failure)),
                ]
        );

    public static Command Statistics()
    {
        var parameters = new Parameters()
            .Several("type", "Of these types.")
            .Time("from", "From this hour on; a day ago by itself.")
            .Time("before", "Before this hour.")
            .Word("by", "hour or day.", "hour", "day");
        return new Verb("statistics", "Started, completed, failed, why, how long, how much money.", Operations.ReadStatistics)
            .With(parameters)
            .Does(call => call.Show(Operations.ReadStatistics, parameters.Query(call.Parsed), report => Show(call, report)));
    }

    private static void Show(Call call, JsonElement report)
    {
        string[] heads = ["FROM", "TYPE", "STARTED", "COMPLETED", "FAILED", "UNDONE", "UNDONE SHARE", "P50", "P95", "P99"];
        var grid = ListVerb.Table(report, heads, Flow, call.Screen, "periods");
        foreach (var total in report.Items("totals"))
        {
            grid.Row(Flow(total, call.Screen));
        }

        call.Show(grid, "Nothing has happened in this time.");
        foreach (var total in report.Items("totals"))
        {
            foreach (var failure in total.Items("failures"))
            {
                var sagas = Words.Count(failure.Number("sagas") ?? 0, "saga");
                call.Screen.Say($"{total.Text("type")} failed at {failure.Text("step")} ({failure.Text("code")}): {sagas}");
            }

            foreach (var sum in total.Items("amounts"))
            {
                var amount = Words.Joined(" ", sum.Text("amount"), sum.Text("currency"));
                var sagas = Words.Count(sum.Number("sagas") ?? 0, "saga");
                call.Screen.Say($"{total.Text("type")} {sum.Text("column")}, {sum.Text("state")}: {amount} of {sagas}");
            }
        }
    }

    private static IRenderable[] Flow(JsonElement flow, Screen screen) =>
        [
            Cells.Of(flow.Time("from") is { } from ? Times.Absolute(from) : "all"),
            Cells.Of(flow.Text("type")),
            Cells.Of(flow.Number("started")),
            Cells.Of(flow.Number("completed")),
            Cells.Of(flow.Number("failed")),
            Cells.Of(flow.Number("undone")),
            Cells.Of(Words.Share(((JsonElement?)flow).Real("compensationRate"))),
            Cells.Of(Times.Seconds(flow.At("completing").Real("p50"))),
            Cells.Of(Times.Seconds(flow.At("completing").Real("p95"))),
            Cells.Of(Times.Seconds(flow.At("completing").Real("p99"))),
        ];

    // As 'sagas show' takes it.
    private static string? Example(JsonElement failure) =>
        failure.At("links").Text("example")?.Split("/sagas/") is [_, var name] ? Uri.UnescapeDataString(name) : null;
}
