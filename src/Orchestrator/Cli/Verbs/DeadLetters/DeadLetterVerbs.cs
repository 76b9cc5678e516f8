using System.CommandLine;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Acting;

namespace SagaOrchestrator.Cli.Verbs.DeadLetters;

/// <summary><c>sagas dead-letters</c>: messages that nobody could handle.</summary>
internal static class DeadLetterVerbs
{
    public static Command Make() =>
        new Command("dead-letters", "Messages that the orchestrator or a participant could not handle.")
        {
            List(),
            Groups(),
            Show(),
            Body(),
            Act("redrive", "Send a dead letter to its queue again, or a corrected one in its place.", Operations.RedriveDeadLetter, true),
            Act("discard", "Drop a dead letter.", Operations.DiscardDeadLetter, false),
        };

    private static Command List() =>
        ListVerb.Make(
            "ls",
            "List and search dead letters, the newest first.",
            Operations.ListDeadLetters,
            LetterFilters.Make().Number("limit", "So many on a page, from 1 to 500.").Text("cursor", "The page that an answer named."),
            "No dead letter matches.",
            ["ID", "QUEUE", "REASON", "STATE", "SINCE", "MESSAGE", "SAGA", "~WHAT IS WRONG"],
            (letter, screen) =>
                [
                    Cells.Of(letter.Text("id")),
                    Cells.Of(letter.Text("queue")),
                    Cells.Of(letter.Text("reason")),
                    Cells.State(letter.Text("state")),
                    Cells.When(letter.Time("at"), screen.Now),
                    Cells.Of(letter.Text("messageType")),
                    Cells.Of(LetterView.Saga(letter)),
                    Cells.Of(letter.Text("sentence")),
                ],
            next: "cursor"
        );

    private static Command Groups() =>
        ListVerb.Make(
            "groups",
            "Dead letters by cause.",
            Operations.GroupDeadLetters,
            LetterFilters.Make(),
            "There are no dead letters.",
            ["QUEUE", "REASON", "MESSAGE", "LETTERS", "OLDEST", "EXAMPLE", "~WHAT IS WRONG"],
            (group, screen) =>
                [
                    Cells.Of(group.Text("queue")),
                    Cells.Of(group.Text("reason")),
                    Cells.Of(group.Text("messageType")),
                    Cells.Of(group.Number("count")),
                    Cells.When(group.Time("oldest"), screen.Now),
                    Cells.Of(group.At("links").Text("example")?.Split('/')[^1]),
                    Cells.Of(Words.Joined(" ", group.Text("path"), group.Text("sentence"))),
                ]
        );

    private static Verb Show()
    {
        var id = LetterArgument();
        return new Verb("show", "One dead letter, its headers, and what was asked of it.", Operations.GetDeadLetter)
            .With(id)
            .Does(call =>
                call.Show(Operations.GetDeadLetter, Query.None, json => LetterView.Show(json, call.Screen), call.Value(id).ToString())
            );
    }

    private static Verb Body()
    {
        var id = LetterArgument();
        var edited = new Parameters().Flag("edited", "What went to the queue in its place.");
        return new Verb("body", "The bytes of a dead letter.", Operations.GetDeadLetterBody)
            .With(id)
            .With(edited)
            .Does(call =>
                call.Screen.Raw(to =>
                    call.Api.Copy(Operations.GetDeadLetterBody, edited.Query(call.Parsed), "*/*", to, call.Stop, call.Value(id).ToString())
                )
            );
    }

    private static Verb Act(string name, string description, Operation operation, bool takesBody)
    {
        var (id, note) = (LetterArgument(), new Note());
        var body = new Option<string?>("--body")
        {
            Description = "A file with the corrected envelope; - for standard input. Take the text from 'sagas dead-letters body'.",
            HelpName = "FILE|-",
        };
        var made = new Verb(name, description, Operations.GetDeadLetter, operation).With(id).With(note.Options);
        if (takesBody)
        {
            made.With(body);
        }

        return made.Does(async call =>
        {
            var letter = call.Value(id).ToString();
            var before = await call.Get(Operations.GetDeadLetter, letter);
            if (!call.Screen.IsJson)
            {
                call.Screen.Say(LetterView.Line(before.Json.At("letter") ?? before.Json));
                call.Screen.Say("It would: " + description);
            }

            if (!note.IsWanted(call))
            {
                call.Screen.Note("Nothing was done.");
                return ExitCode.Refused;
            }

            var request = note.Body(call);
            if (takesBody && call.Value(body) is { } file)
            {
                request["body"] = await TextFile.Read(file, call.Stop);
            }

            var after = await call.Api.Post(operation, request, null, call.Stop, letter);
            call.Show(after, json => call.Screen.Say("Done. " + LetterView.Line(json.At("letter") ?? json)));
            return ExitCode.Done;
        });
    }

    private static Argument<Guid> LetterArgument() => new("id") { Description = "The dead letter." };
}
