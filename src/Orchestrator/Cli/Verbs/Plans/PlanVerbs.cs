using System.CommandLine;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Plans;

/// <summary><c>sagas plans</c>: versions of plans, what they say, and plans as documents.</summary>
internal static class PlanVerbs
{
    public static Command Make()
    {
        var plans = new Command("plans", "Versions of plans, and plans as documents.")
        {
            List(),
            Show(),
            Differences(),
            Diagram(),
            PlanDocumentVerbs.Test(),
            PlanDocumentVerbs.Register(),
            PlanDocumentVerbs.List(),
            PlanDocumentVerbs.Show(),
            PlanDocumentVerbs.Schema(),
        };
        plans.Aliases.Add("plan");
        return plans;
    }

    private static Command List() =>
        ListVerb.Make(
            "ls",
            "Plan versions, and how many sagas are under way on each.",
            Operations.ListPlans,
            new Parameters(),
            "There are no plans.",
            ["TYPE", "VERSION", "NEWEST", "HERE", "UNDER WAY", "~FINDINGS"],
            (plan, _) =>
                [
                    Cells.Of(plan.Text("type")),
                    Cells.Of(plan.Text("version")),
                    Cells.Of(YesNo(plan.Flag("isNewest"))),
                    Cells.Of(YesNo(plan.Flag("isHere"))),
                    Cells.Of(plan.Number("underWay")),
                    Cells.Of(Findings(plan)),
                ]
        );

    private static Verb Show()
    {
        var (type, version) = Arguments();
        return new Verb("show", "One plan version: steps, times, columns, findings.", Operations.GetPlan)
            .With(type, version)
            .Does(call => call.Show(Operations.GetPlan, Query.None, plan => Show(call, plan), call.Value(type), call.Value(version)));
    }

    private static Verb Differences()
    {
        var (type, version) = Arguments();
        var from = new Parameters().Number("from", "The version to compare with; the one before by itself.");
        return new Verb("diff", "What a plan version says otherwise than another.", Operations.ComparePlans)
            .With(type, version)
            .With(from)
            .Does(call =>
                call.Show(
                    Operations.ComparePlans,
                    from.Query(call.Parsed),
                    comparison => Compare(call, comparison),
                    call.Value(type),
                    call.Value(version)
                )
            );
    }

    private static Verb Diagram()
    {
        var (type, version) = Arguments();
        var picture = new Picture();
        return new Verb("diagram", "The steps of a plan version as a picture.", Operations.DrawPlan)
            .With(type, version)
            .With(picture.Format)
            .Does(call => picture.Write(call, Operations.DrawPlan, call.Value(type), call.Value(version)));
    }

    private static (Argument<string> Type, Argument<string> Version) Arguments() =>
        (new Argument<string>("type") { Description = "The saga type." }, new Argument<string>("version") { Description = "Its version." });

    private static void Show(Call call, JsonElement plan)
    {
        call.Screen.Say($"{plan.Text("type")} version {plan.Text("version")}", Cells.Strong);
        var states = string.Join(", ", plan.At("states").Members().Select(state => $"{state.Name} {state.Value}"));
        call.Screen.Say($"{Words.Count(plan.Number("underWay") ?? 0, "saga")} under way. {states}");
        foreach (var finding in plan.Items("findings"))
        {
            call.Screen.Say(finding.Text() ?? string.Empty, Cells.StyleOf("Degraded"));
        }

        if (((JsonElement?)plan).Real("deadline") is { } deadline)
        {
            call.Screen.Say($"A saga gives up after {Times.Seconds(deadline)}.");
        }

        string[] heads = ["STAGE", "STEP", "AT", "KIND", "WITHIN", "TRIED", "UNDO TRIED", "~MORE"];
        call.Show(ListVerb.Table(plan, heads, (step, _) => Step(step), call.Screen, "steps"), "This node does not have this version.");
        var columns = plan.Items("columns").Select(column => $"{column.Text("name")} ({column.Text("kind")})").ToArray();
        if (columns.Length > 0)
        {
            call.Screen.Say($"Columns: {string.Join(", ", columns)}");
        }
    }

    private static Spectre.Console.Text[] Step(JsonElement step) =>
        [
            Cells.Of(step.Text("stage")),
            Cells.Of(step.Text("name")),
            Cells.Of(step.Text("participant") ?? $"signal {step.Text("signal")}"),
            Cells.Of(Words.Spaced(step.Text("kind"))),
            Cells.Of(Times.Seconds(((JsonElement?)step).Real("timeout"))),
            Cells.Of(step.At("retry").Text("attempts")),
            Cells.Of(step.At("compensationRetry").Text("attempts")),
            Cells.Of(
                Words.Joined(
                    ", ",
                    step.Flag("isConditional") ? "conditional" : null,
                    step.Text("afterUnknown") is { } after ? $"when unknown: {Words.Spaced(after)}" : null
                )
            ),
        ];

    private static void Compare(Call call, JsonElement comparison)
    {
        string[] heads = ["STEP", "WHAT", "~BEFORE", "~AFTER", "STRUCTURE"];
        var grid = ListVerb.Table(
            comparison,
            heads,
            (difference, _) =>
                [
                    Cells.Of(difference.Text("step") ?? "(the plan)"),
                    Cells.Of(difference.Text("what")),
                    Cells.Of(difference.Text("before")),
                    Cells.Of(difference.Text("after")),
                    Cells.Of(YesNo(difference.Flag("isStructure"))),
                ],
            call.Screen,
            "differences"
        );
        call.Show(grid, "They say the same.");
        call.Screen.Say(
            comparison.Flag("isSameStructure")
                ? "Each could run the other's sagas."
                : "Their structure differs: sagas under way need the version that they began with."
        );
    }

    private static string YesNo(bool flag) => flag ? "yes" : "no";

    private static string Findings(JsonElement plan) => string.Join(' ', plan.Items("findings").Select(finding => finding.Text()));
}
