using System.CommandLine;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Acting;
using SagaOrchestrator.Cli.Verbs.Sagas;

namespace SagaOrchestrator.Cli.Verbs.Subjects;

/// <summary><c>sagas reveal</c>, <c>forget</c> and <c>subject-key</c>: what is encrypted, and whom it is about.</summary>
internal static class SubjectVerbs
{
    public static Command Reveal()
    {
        var (saga, note) = (SagaArgument.Make(), new Note());
        return new Verb(
            "reveal",
            "See what is encrypted of a saga. Who saw it, and why, is noted.",
            [.. SagaArgument.Finding, Operations.RevealSaga]
        )
            .With(saga)
            .With(note.Options)
            .Does(async call =>
            {
                var found = await saga.Find(call);
                if (!note.IsWanted(call))
                {
                    call.Screen.Note("Nothing was shown.");
                    return ExitCode.Refused;
                }

                var answer = await call.Api.Post(Operations.RevealSaga, note.Body(call), null, call.Stop, found.Json.Text("id")!);
                call.Show(
                    answer,
                    json =>
                    {
                        foreach (var value in json.Items("values"))
                        {
                            call.Screen.Say($"{value.Text("document")} {value.Text("path")}: {value.At("value")}");
                        }

                        if (json.Flag("forgotten"))
                        {
                            call.Screen.Say("Its subject was forgotten. Nothing can be read any more.");
                        }
                        else if (!json.Items("values").Any())
                        {
                            call.Screen.Say("Nothing of it is encrypted.");
                        }
                    }
                );
                return ExitCode.Done;
            });
    }

    public static Command Forget()
    {
        var subject = new Argument<string>("subject") { Description = "Who, as the starts of the sagas say it.", HelpName = "SUBJECT" };
        var note = new Note();
        return new Verb("forget", "Forget whom sagas are about: delete the key of all that is encrypted.", Operations.ForgetSubject)
            .With(subject)
            .With(note.Options)
            .Does(async call =>
            {
                var who = call.Value(subject)!;
                if (!call.Screen.IsJson)
                {
                    call.Screen.Say($"Everything that is encrypted for {who} would be unreadable, for good. Its sagas go on.");
                }

                if (!note.IsWanted(call))
                {
                    call.Screen.Note("Nothing was done.");
                    return ExitCode.Refused;
                }

                var answer = await call.Api.Post(Operations.ForgetSubject, note.Body(call), null, call.Stop, who);
                call.Show(answer, json => call.Screen.Say(json.Flag("hadKey") ? "Done." : "There is no key for this subject."));
                return ExitCode.Done;
            });
    }

    public static Command Key()
    {
        var id = new Argument<string>("key") { Description = "Its name, which each encrypted value has.", HelpName = "ID" };
        return new Verb("subject-key", "The wrapped key that values are encrypted with, as participants get it.", Operations.GetSubjectKey)
            .With(id)
            .Does(async call =>
            {
                var answer = await call.Get(Operations.GetSubjectKey, call.Value(id)!);
                call.Show(
                    answer,
                    json => call.Screen.Say(json.Text("wrapped") is { } wrapped ? $"{json.Text("wrappingKey")} {wrapped}" : "It is gone.")
                );
            });
    }
}
