using System.CommandLine;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using Spectre.Console;

namespace SagaOrchestrator.Cli.Verbs.Bulk;

/// <summary>Waits until a bulk job has ended, and shows how far it is.</summary>
internal static class JobWaiting
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly string[] NotWell = ["refused", "failed", "parked", "endedOtherwise"];

    // The last sagas that were acted on may still be on their way when the job is through.
    private static readonly TimeSpan PatienceWithLast = TimeSpan.FromSeconds(30);

    // Its counts are some seconds late, and may still have a saga as it was before.
    private static readonly TimeSpan PatienceWithCounts = TimeSpan.FromSeconds(5);

    public static Option<bool> Option() =>
        new("--wait") { Description = "Show how it goes until it has ended; status 4 unless everything ended well." };

    public static async Task<int> For(Call call, string id)
    {
        var job = call.Screen.Progress.Profile.Capabilities.Ansi ? await WithBar(call, id) : await WithLines(call, id);
        call.Show(job, json => call.Screen.Say(JobView.Line(json), Cells.StyleOf(json.Text("state"))));
        return HasEndedWell(job.Json) ? ExitCode.Done : ExitCode.NotWell;
    }

    /// <summary>It is through, and nothing of it was refused, failed, is parked again, or ended with effects left.</summary>
    public static bool HasEndedWell(JsonElement job) =>
        job.Text("state") == "Finished" && NotWell.All(name => (job.At("progress")?.Number(name) ?? 0) == 0);

    private static async Task<ApiAnswer> WithBar(Call call, string id)
    {
        ApiAnswer last = null!;
        await AnsiConsoleExtensions
            .Progress(call.Screen.Progress)
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(async bars =>
            {
                var bar = bars.AddTask("items");
                last = await Follow(
                    call,
                    id,
                    job =>
                    {
                        bar.MaxValue = Math.Max(1, job.Number("total") ?? 0);
                        bar.Value = bar.MaxValue - (job.At("progress")?.Number("pending") ?? 0);
                    }
                );
            });
        return last;
    }

    private static Task<ApiAnswer> WithLines(Call call, string id)
    {
        var said = string.Empty;
        return Follow(
            call,
            id,
            job =>
            {
                var line = JobView.Line(job);
                if (line != said)
                {
                    call.Screen.Note(line);
                    said = line;
                }
            }
        );
    }

    private static TimeSpan PatienceWith(JsonElement job) =>
        job.At("progress")?.Number("underWay") > 0 ? PatienceWithLast
        : HasEndedWell(job) ? TimeSpan.Zero
        : PatienceWithCounts;

    private static async Task<ApiAnswer> Follow(Call call, string id, Action<JsonElement> seen)
    {
        DateTime? through = null;
        while (true)
        {
            var job = await call.Get(Operations.GetBulkJob, id);
            seen(job.Json);
            if (job.Json.Text("state") != "Running")
            {
                through ??= DateTime.UtcNow;
                if (job.Json.Text("state") != "Finished" || DateTime.UtcNow - through > PatienceWith(job.Json))
                {
                    return job;
                }
            }

            await Task.Delay(Pause, call.Stop);
        }
    }
}
