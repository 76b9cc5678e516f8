using System.CommandLine;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Acting;

namespace SagaOrchestrator.Cli.Verbs.Overview;

/// <summary>Participants and saga types: who is there, what is stopped, and by whom.</summary>
internal static class ParticipantVerbs
{
    public static Command Participants() =>
        new Command("participants", "Those who carry steps out.")
        {
            ListVerb.Make(
                "ls",
                "Who is there and who is away, since when and why, and what they answer.",
                Operations.ListParticipants,
                new Parameters().Time("from", "Answers from this hour on.").Time("before", "Answers before this hour."),
                "No plan names a participant.",
                ["NAME", "STATE", "SINCE", "CONSUMERS", "BACKLOG", "REJECTED", "UNKNOWN", "P50", "P95", "~WHY"],
                (participant, screen) =>
                    [
                        Cells.Of(participant.Text("name")),
                        Cells.State(participant.Text("state")),
                        Cells.When(participant.Time("since"), screen.Now),
                        Cells.Of(participant.Number("consumers")),
                        Cells.Of(participant.Number("backlog")),
                        Cells.Of(Words.Share(participant.At("answers").Real("rejectedShare"))),
                        Cells.Of(Words.Share(participant.At("answers").Real("unknownShare"))),
                        Cells.Of(Times.Seconds(participant.At("answers").Real("p50"))),
                        Cells.Of(Times.Seconds(participant.At("answers").Real("p95"))),
                        Cells.Of(
                            Words.Joined(
                                " ",
                                participant.Text("reason"),
                                participant.Text("setTo") is { } set ? $"Set {set} by {participant.Text("setBy")}." : null
                            )
                        ),
                    ]
            ),
        };

    public static Command Types() =>
        ListVerb.Make(
            "types",
            "Saga types, and whether they can be started.",
            Operations.ListSagaTypes,
            new Parameters(),
            "There are no saga types.",
            ["TYPE", "STARTS", "STOPPED", "~WHY"],
            (type, screen) =>
                [
                    Cells.Of(type.Text("type")),
                    Cells.State(type.Text("starts")),
                    Cells.When(type.Time("stoppedAt"), screen.Now),
                    Cells.Of(Words.Joined(": ", type.Text("stoppedBy"), type.Text("reason"))),
                ]
        );

    public static Command Breakers() =>
        new Command("breaker", "Stop sending to a participant or starting sagas of a type, or go on.")
        {
            Breaker("open", "Send nothing to the participant; start no saga of the type.", "open"),
            Breaker("close", "The participant counts as there, whatever the nodes see; sagas of the type start.", "closed"),
            Breaker("automatic", "Go by what the nodes see, as if nobody had set anything.", "automatic"),
        };

    private static Verb Breaker(string name, string description, string state)
    {
        var participant = new Option<string?>("--participant") { Description = "Of this participant.", HelpName = "NAME" };
        var type = new Option<string?>("--type") { Description = "Of this saga type.", HelpName = "TYPE" };
        var note = new Note();
        return new Verb(name, description, Operations.SetParticipantBreaker, Operations.SetSagaTypeBreaker)
            .With(participant, type)
            .With(note.Options)
            .Does(async call =>
            {
                var (operation, subject) = (call.Value(participant), call.Value(type)) switch
                {
                    ({ } one, null) => (Operations.SetParticipantBreaker, one),
                    (null, { } one) => (Operations.SetSagaTypeBreaker, one),
                    _ => throw FailureException.Usage("It is not said whose breaker is meant.", "Give --participant NAME or --type TYPE."),
                };
                if (!call.Screen.IsJson)
                {
                    call.Screen.Say($"The breaker of {subject} would be set to {state}. {description}");
                }

                if (!note.IsWanted(call))
                {
                    call.Screen.Note("Nothing was done.");
                    return ExitCode.Refused;
                }

                var body = note.Body(call);
                body["state"] = state;
                var answer = await call.Api.Post(operation, body, null, call.Stop, subject);
                call.Show(answer, json => call.Screen.Say($"Done. {subject}: {json.Text("state") ?? "starts " + json.Text("starts")}."));
                return ExitCode.Done;
            });
    }
}
