using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Verbs.Acting;

namespace SagaOrchestrator.Cli.Verbs.Bulk;

/// <summary>What is to be done to many: looks first, and then begins the job.</summary>
internal sealed class BulkOrder(string verb, Parameters filters, bool isForSteps)
{
    private const string Resolve = "resolve";
    private const string Extend = "extend";

    private readonly Note note = new();
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Only look." };
    private readonly Option<bool> wait = JobWaiting.Option();
    private readonly Option<int?> perSecond = new("--per-second") { Description = "Items a second at most; by itself 10.", HelpName = "N" };
    private readonly Option<string?> settle = new("--settle") { Description = "How long it waits for that: 10s, 1m.", HelpName = "TIME" };
    private readonly Option<decimal?> stopAt = new("--stop-at")
    {
        Description = "It stops when more than this share of them failed or is parked again: 0 to 1; by itself 0.5.",
        HelpName = "SHARE",
    };

    private readonly Option<string?> ramp = new("--ramp")
    {
        Description = "After how many items it looks at what came of them; by itself 1,5,50,500.",
        HelpName = "N,N,…",
    };

    private readonly Option<string?> step = new("--only-step")
    {
        Description = "Only at this step.",
        HelpName = "NAME",
        Required = verb == Resolve,
    };

    private readonly Option<string> outcome = new Option<string>("--outcome")
    {
        Description = "done or not-done.",
        Required = true,
    }.AcceptOnlyFromAmong("done", "not-done");

    private readonly Until until = new();
    private readonly JsonInput result = JsonInput.Make("--result", "The result that each participant would have answered.");

    public Verb Make(string description)
    {
        var made = new Verb(verb, description, Operations.CreateBulkJob, Operations.GetBulkJob).With(filters);
        if (isForSteps)
        {
            made.With(step);
        }

        if (verb == Resolve)
        {
            made.With(outcome, result);
        }

        if (verb == Extend)
        {
            made.With(until.Option);
        }

        return made.With(perSecond, ramp, settle, stopAt, dryRun, wait).With(note.Options).Does(Create);
    }

    private async Task<int> Create(Call call)
    {
        var body = await Body(call);
        body["dryRun"] = true;
        var preview = await call.Api.Post(Operations.CreateBulkJob, body, null, call.Stop);
        if (call.Value(dryRun))
        {
            call.Show(preview, json => JobView.Preview(json, call.Screen));
            return ExitCode.Done;
        }

        if (!call.Screen.IsJson)
        {
            JobView.Preview(preview.Json, call.Screen);
        }

        return MayBegin(call, preview.Json) is { } exit ? exit : await Begin(call, body);
    }

    private async Task<int> Begin(Call call, JsonObject body)
    {
        body["dryRun"] = false;
        var job = await call.Api.Post(Operations.CreateBulkJob, body, null, call.Stop);
        if (call.Value(wait))
        {
            return await JobWaiting.For(call, job.Json.Text("id")!);
        }

        call.Show(
            job,
            json =>
            {
                call.Screen.Say("Begun. " + JobView.Line(json));
                call.Screen.Say($"See how it goes: sagas bulk show {json.Text("id")} --wait");
            }
        );
        return ExitCode.Done;
    }

    // Null when it may; else how the program ends.
    private int? MayBegin(Call call, JsonElement preview)
    {
        if (preview.Number("possible") is 0)
        {
            call.Screen.Note("There is nothing to do, so nothing was begun.");
            return ExitCode.Done;
        }

        if (note.IsSure(call))
        {
            return null;
        }

        if (!call.Screen.IsAsked)
        {
            call.Screen.Note("Nothing was begun: nobody is here to be asked. Add --yes, or --dry-run to look only.");
            return ExitCode.WrongUsage;
        }

        if (note.IsWanted(call))
        {
            return null;
        }

        call.Screen.Note("Nothing was begun.");
        return ExitCode.Refused;
    }

    private async Task<JsonObject> Body(Call call)
    {
        var filter = new JsonObject();
        foreach (var (name, value) in filters.Values(call.Parsed))
        {
            filter[name] = value;
        }

        var body = note.Body(call);
        body["verb"] = verb;
        body["filter"] = filter;
        Set(body, "step", isForSteps ? call.Value(step) : null);
        Set(body, "perSecond", call.Value(perSecond));
        Set(body, "settle", call.Value(settle));
        Set(body, "stopAt", call.Value(stopAt));
        Set(body, "ramp", call.Value(ramp) is { } given ? Ramp(given) : null);
        if (verb == Resolve)
        {
            Set(body, "outcome", call.Value(outcome));
            Set(body, "result", await result.Read(call));
        }

        if (verb == Extend)
        {
            Set(body, "until", until.Of(call));
        }

        return body;
    }

    private static void Set(JsonObject body, string name, JsonNode? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }

    private static JsonArray Ramp(string text) =>
        [
            .. text.Split(',')
                .Select(part =>
                    int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? (JsonNode)number
                        : throw FailureException.Usage($"--ramp '{text}' has something else than numbers.", "Write --ramp 1,5,50")
                ),
        ];
}
