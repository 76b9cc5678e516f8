using System.CommandLine;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Sagas;

namespace SagaOrchestrator.Cli.Verbs.Overview;

/// <summary>What needs somebody now, what operators did, and what comes by itself.</summary>
internal static class AlarmVerbs
{
    public static Command Alarms() =>
        ListVerb.Make(
            "alarms",
            "What needs somebody now.",
            Operations.ListAlarms,
            new Parameters()
                .Word("state", "standing, or over for what needed somebody.", "standing", "over")
                .Number("limit", "At most so many."),
            "Nothing needs anybody.",
            ["LEVEL", "KIND", "~SUBJECT", "RAISED", "~DETAIL"],
            (alarm, screen) =>
                [
                    Cells.State(alarm.Text("level")),
                    Cells.Of(alarm.Text("kind")),
                    Cells.Of(alarm.Text("subject")),
                    Cells.When(alarm.Time("raisedAt"), screen.Now),
                    Cells.Of(
                        Words.Joined(
                            " ",
                            alarm.Time("clearedAt") is { } over ? $"Over since {Times.Both(over, screen.Now)}." : null,
                            alarm.Text("detail")
                        )
                    ),
                ]
        );

    public static Command Audit() =>
        ListVerb.Make(
            "audit",
            "What operators did and what was refused them, the newest first.",
            Operations.ListOperatorActions,
            new Parameters()
                .Word("kind", "On what.", "saga", "participant", "saga-type", "bulk-job", "dead-letter", "webhook", "subject")
                .Text("subject", "On this one: an id or a name.")
                .Text("by", "By this operator.")
                .Text("verb", "This action.")
                .Word("outcome", "Done or Refused.", "Done", "Refused")
                .Time("from", "At this time or later.")
                .Time("before", "Before this time.")
                .Number("after", "The page behind this position.")
                .Number("limit", "So many on a page."),
            "Nobody has done anything.",
            ["AT", "WHO", "VERB", "ON", "OUTCOME", "~WHY"],
            (action, screen) =>
                [
                    Cells.When(action.Time("at"), screen.Now),
                    Cells.Of(Words.Joined(" from ", action.Text("by"), action.Text("origin"))),
                    Cells.Of(Words.Joined(" ", action.Text("verb"), action.Text("step"))),
                    Cells.Of(Words.Joined(" ", action.Text("kind"), action.Text("subject"))),
                    Cells.State(action.Text("outcome")),
                    Cells.Of(
                        Words.Joined(
                            " ",
                            action.Text("reason"),
                            action.Text("code") is { } code ? $"[{code}] {action.Text("detail")}" : null
                        )
                    ),
                ],
            next: "after"
        );

    public static Command Timers()
    {
        var parameters = new Parameters()
            .Several("type", "Of sagas of these types.")
            .Time("before", "Hours before this time; a day ahead by itself.")
            .Number("limit", "So many of the next ones, at most 50.");
        return new Verb("timers", "When timers are due, and what the next ones will do.", Operations.ReadTimers)
            .With(parameters)
            .Does(call =>
                call.Show(
                    Operations.ReadTimers,
                    parameters.Query(call.Parsed),
                    timers =>
                    {
                        var late = timers.Number("late") ?? 0;
                        var most = timers.Flag("lateIsExact") ? string.Empty : "more than ";
                        call.Screen.Say($"Late: {most}{Words.Number(late)}", Cells.StyleOf(late > 0 ? "Failed" : "Completed"));
                        var hours = ListVerb.Table(
                            timers,
                            ["HOUR", "TYPE", "TIMERS"],
                            (hour, _) =>
                                [
                                    Cells.When(hour.Time("hour"), call.Screen.Now),
                                    Cells.Of(hour.Text("type")),
                                    Cells.Of(hour.Number("timers")),
                                ],
                            call.Screen,
                            "hours"
                        );
                        var next = ListVerb.Table(
                            timers,
                            ["DUE", "SAGA", "STEP", "~WILL DO"],
                            (timer, _) =>
                                [
                                    Cells.When(timer.Time("dueAt"), call.Screen.Now),
                                    Cells.Of(SagaGrid.NameOf(timer)),
                                    Cells.Of(timer.Text("step")),
                                    Cells.Of(timer.Text("sentence")),
                                ],
                            call.Screen
                        );
                        call.Show(hours, "No timer is due.");
                        call.Show(next, "No saga has a timer.");
                    }
                )
            );
    }

    public static Command Health() =>
        new Verb("health", "How the node that answers stands; status 3 when it cannot work.", Operations.ReadHealth).Does(async call =>
        {
            var answer = await call.Get(Operations.ReadHealth);
            call.Show(
                answer,
                health =>
                {
                    var age = Times.Seconds(((System.Text.Json.JsonElement?)health).Real("ageSeconds"));
                    call.Screen.Say($"{health.Text("status")}, seen {age} ago", Cells.StyleOf(health.Text("status")));
                    var checks = ListVerb.Table(
                        health,
                        ["WHAT", "STATUS", "~WHAT TO DO"],
                        (check, _) =>
                            [Cells.Of(check.Text("name")), Cells.State(check.Text("status")), Cells.Of(check.Text("description"))],
                        call.Screen,
                        "checks"
                    );
                    call.Show(checks, "Details are for those who may read.");
                }
            );
            return answer.Status == Operations.ReadHealth.AnswersToo ? ExitCode.Unreachable : ExitCode.Done;
        });
}
