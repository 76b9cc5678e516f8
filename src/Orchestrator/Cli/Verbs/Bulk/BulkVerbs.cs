using System.CommandLine;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Acting;

namespace SagaOrchestrator.Cli.Verbs.Bulk;

/// <summary><c>sagas bulk</c>: one action on many sagas or dead letters.</summary>
internal static class BulkVerbs
{
    public static Command Make() =>
        new Command("bulk", "One action on many sagas, or on many dead letters.")
        {
            CreateVerbs.Make(),
            List(),
            Show(),
            Items(),
            Control("pause", "Pause a job that runs.", Operations.PauseBulkJob),
            Control("resume", "Go on with a job that is paused, or has stopped by itself.", Operations.ResumeBulkJob),
            Control("cancel", "Do no more of a job's items.", Operations.CancelBulkJob),
        };

    private static Command List() =>
        ListVerb.Make(
            "ls",
            "Bulk jobs, the newest first.",
            Operations.ListBulkJobs,
            new Parameters().Text("after", "The page behind this job.").Number("limit", "So many on a page."),
            "There are no bulk jobs.",
            ["ID", "VERB", "STATE", "ITEMS", "CREATED", "BY", "~FILTER", "~WHY"],
            (job, screen) =>
                [
                    Cells.Of(job.Text("id")),
                    Cells.Of(Words.Joined(" ", job.Text("verb"), job.Text("outcome"), job.Text("step"))),
                    Cells.State(job.Text("state")),
                    Cells.Of(job.Number("total")),
                    Cells.When(job.Time("createdAt"), screen.Now),
                    Cells.Of(job.Text("by")),
                    Cells.Of(JobView.Filter(job)),
                    Cells.Of(Words.Joined(" ", job.Text("reason"), job.Text("stateReason"))),
                ],
            next: "after"
        );

    private static Verb Show()
    {
        var id = JobArgument();
        var wait = JobWaiting.Option();
        return new Verb("show", "How a job stands, and what became of its items.", Operations.GetBulkJob)
            .With(id)
            .With(wait)
            .Does(async call =>
            {
                if (call.Value(wait))
                {
                    return await JobWaiting.For(call, call.Value(id).ToString());
                }

                await call.Show(Operations.GetBulkJob, Query.None, job => JobView.Show(job, call.Screen), call.Value(id).ToString());
                return ExitCode.Done;
            });
    }

    private static Verb Items()
    {
        var id = JobArgument();
        var parameters = new Parameters()
            .Word("outcome", "Only those.", "Pending", "Done", "Refused", "Failed")
            .Number("after", "The page behind this number.")
            .Number("limit", "So many on a page.");
        return new Verb("items", "A job's items in order.", Operations.ListBulkJobItems)
            .With(id)
            .With(parameters)
            .Does(async call =>
            {
                var answer = await call.Get(Operations.ListBulkJobItems, parameters.Query(call.Parsed), call.Value(id).ToString());
                call.Show(answer, json => call.Show(JobView.Items(json, call.Screen), "There are no such items."));
                if (!call.Screen.IsJson && answer.Json.Text("next") is { } next)
                {
                    call.Screen.Note($"There are more: --after {next}");
                }
            });
    }

    private static Verb Control(string name, string description, Operation operation)
    {
        var (id, note) = (JobArgument(), new Note());
        return new Verb(name, description, operation, Operations.GetBulkJob)
            .With(id)
            .With(note.Options)
            .Does(async call =>
            {
                var before = await call.Get(Operations.GetBulkJob, call.Value(id).ToString());
                if (!call.Screen.IsJson)
                {
                    call.Screen.Say(JobView.Line(before.Json));
                    call.Screen.Say($"It would {name} this job.");
                }

                if (!note.IsWanted(call))
                {
                    call.Screen.Note("Nothing was done.");
                    return ExitCode.Refused;
                }

                var answer = await call.Api.Post(operation, note.Body(call), null, call.Stop, call.Value(id).ToString());
                call.Show(answer, json => call.Screen.Say("Done. " + JobView.Line(json)));
                return ExitCode.Done;
            });
    }

    private static Argument<Guid> JobArgument() => new("id") { Description = "The job." };
}
