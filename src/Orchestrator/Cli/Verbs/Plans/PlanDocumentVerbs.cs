using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Verbs.Acting;

namespace SagaOrchestrator.Cli.Verbs.Plans;

/// <summary>Plans as documents: tested, registered and read.</summary>
internal static class PlanDocumentVerbs
{
    /// <summary><c>sagas plans test FILE</c></summary>
    public static Command Test()
    {
        var file = File();
        return new Verb(
            "test",
            "Check a plan document, and run its scenarios in virtual time. Nothing is sent.",
            Operations.TestPlanDocument
        )
            .With(file)
            .Does(async call =>
            {
                var name = call.Value(file);
                var body = new JsonObject { ["document"] = await TextFile.Read(name, call.Stop) };
                var answer = await call.Api.Post(Operations.TestPlanDocument, body, null, call.Stop);
                call.Show(answer, report => Report(call, name, report));
                return answer.Json.Flag("hasPassed") ? ExitCode.Done : ExitCode.NotWell;
            });
    }

    /// <summary><c>sagas plans register FILE</c></summary>
    public static Command Register()
    {
        var (file, note) = (File(), new Note());
        return new Verb(
            "register",
            "Register a plan document: starts use its version, at every node a few seconds later.",
            Operations.TestPlanDocument,
            Operations.RegisterPlanDocument
        )
            .With(file)
            .With(note.Options)
            .Does(call => Register(call, call.Value(file), note));
    }

    /// <summary><c>sagas plans documents</c></summary>
    public static Command List() =>
        ListVerb.Make(
            "documents",
            "The plan documents that were registered, the oldest first.",
            Operations.ListPlanDocuments,
            new Parameters(),
            "No plan document was registered.",
            ["TYPE", "VERSION", "BY", "AT"],
            (document, screen) =>
                [
                    Cells.Of(document.Text("type")),
                    Cells.Of(document.Text("version")),
                    Cells.Of(document.Text("by")),
                    Cells.Of(document.Text("at")),
                ]
        );

    /// <summary><c>sagas plans document TYPE VERSION</c></summary>
    public static Command Show()
    {
        var type = new Argument<string>("type") { Description = "The saga type." };
        var version = new Argument<string>("version") { Description = "Its version." };
        return new Verb("document", "A plan document as it was written.", Operations.GetPlanDocument)
            .With(type, version)
            .Does(call =>
                call.Show(
                    Operations.GetPlanDocument,
                    Query.None,
                    document => Lines(call, document.Text("document")),
                    call.Value(type),
                    call.Value(version)
                )
            );
    }

    /// <summary><c>sagas plans schema</c></summary>
    public static Command Schema() =>
        new Verb("schema", "The JSON Schema of plan documents, for editors.", Operations.GetPlanDocumentSchema).Does(async call =>
            call.Screen.Raw((await call.Get(Operations.GetPlanDocumentSchema)).Text)
        );

    private static async Task<int> Register(Call call, string file, Note note)
    {
        var text = await TextFile.Read(file, call.Stop);
        var tested = await call.Api.Post(Operations.TestPlanDocument, new JsonObject { ["document"] = text }, null, call.Stop);
        if (!tested.Json.Flag("hasPassed"))
        {
            call.Show(tested, report => Report(call, file, report));
            call.Screen.Note("Nothing was done.");
            return ExitCode.Refused;
        }

        if (!call.Screen.IsJson)
        {
            call.Screen.Say($"It would register {tested.Json.Text("type")} version {tested.Json.Text("version")}. Starts would use it.");
        }

        if (!note.IsWanted(call))
        {
            call.Screen.Note("Nothing was done.");
            return ExitCode.Refused;
        }

        var body = note.Body(call);
        body["document"] = text;
        var answer = await call.Api.Post(Operations.RegisterPlanDocument, body, null, call.Stop);
        call.Show(answer, document => call.Screen.Say($"{document.Text("type")} version {document.Text("version")} is registered."));
        return ExitCode.Done;
    }

    private static void Report(Call call, string file, JsonElement report)
    {
        foreach (var finding in report.Items("findings"))
        {
            var path = finding.Text("path") is { Length: > 0 } there ? there : "/";
            call.Screen.Say(
                $"{file}:{finding.Text("line")} {path}: {finding.Text("message")} [{finding.Text("rule")}]",
                Cells.StyleOf("Failed")
            );
        }

        foreach (var scenario in report.Items("scenarios"))
        {
            var hasPassed = scenario.Flag("hasPassed");
            call.Screen.Say(
                $"{(hasPassed ? "passed" : "FAILED")}  {scenario.Text("name")}",
                Cells.StyleOf(hasPassed ? "Completed" : "Failed")
            );
            foreach (var failure in scenario.Items("failures"))
            {
                call.Screen.Say($"        {file} {failure.Text()}");
            }

            if (!hasPassed)
            {
                call.Screen.Say($"        It went: {string.Join("; ", scenario.Items("story").Select(part => part.Text()))}");
            }
        }

        call.Screen.Say(
            report.Flag("hasPassed")
                ? $"{report.Text("type")} version {report.Text("version")}: nothing is wrong."
                : "Something is wrong with it."
        );
    }

    private static void Lines(Call call, string? text)
    {
        foreach (var line in (text ?? string.Empty).Split('\n'))
        {
            call.Screen.Say(line);
        }
    }

    private static Argument<string> File() => new("file") { Description = "The plan document, in YAML or JSON; - for standard input." };
}
