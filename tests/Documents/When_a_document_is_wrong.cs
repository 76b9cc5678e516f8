using SagaOrchestrator.Documents;

namespace SagaOrchestrator.DocumentTests;

/// <summary>Each finding names line, path and rule.</summary>
public sealed class When_a_document_is_wrong
{
    [TestCase("at: depot", "att: depot", "field", "/steps/0/att", "There is no field 'att' here.")]
    [TestCase("    at: depot\n", "", "missing", "/steps/0/at", "'at' is missing here.")]
    [TestCase("version: 1", "version: one", "value", "/version", "'version' is a text. Write a whole number from 1 to 1000000.")]
    [TestCase("plan: parcel", "plan: Parcel", "value", "/plan", "The name of a plan has 1 to 100 small letters")]
    [TestCase(
        "{ from: /data/weight }",
        "{ from: /data/height }",
        "pointer",
        "/steps/0/input/weight/from",
        "'/data/height' leads to nothing."
    )]
    [TestCase(
        "{ from: /results/reserve/shelf }",
        "{ from: /results/drive }",
        "pointer",
        "/steps/1/input/shelf/from",
        "There is no 'drive'"
    )]
    [TestCase(
        "{ from: /data/weight }",
        "{ cel: \"data.weight * size(1, 2)\" }",
        "expression",
        "/steps/0/input/weight",
        "cannot be evaluated"
    )]
    [TestCase(
        "{ from: /data/weight }",
        "{ cel: data.weight * }",
        "expression",
        "/steps/0/input/weight/cel",
        "expected a value, got the end"
    )]
    [TestCase("{ from: /data/weight }", "{ cel: now() }", "expression", "/steps/0/input/weight/cel", "there is no function 'now'")]
    [TestCase(
        "{ from: /data/weight }",
        "{ cel: \"[1].map(data, 2)\" }",
        "expression",
        "/steps/0/input/weight/cel",
        "'data' means something already"
    )]
    [TestCase("version: 1", "version: 1\ndeadline: 3000000d", "value", "/deadline", "'deadline' is longer than 3650d.")]
    [TestCase("at: depot", "at: depot\n    within: 3651d", "value", "/steps/0/within", "'within' is longer than 3650d.")]
    [TestCase(
        "at: depot",
        "at: depot\n    retry: { attempts: 2, firstDelay: 9000d, maximumDelay: 9000d }",
        "value",
        "/steps/0/retry/maximumDelay",
        "'maximumDelay' is longer than 3650d."
    )]
    [TestCase("format: decimal, minimum: 0", "format: money", "value", "/data/properties/weight/format", "'format' is another word")]
    [TestCase("maxLength: 50", "pattern: a+", "field", "/data/properties/note/pattern", "There is no field 'pattern' here")]
    [TestCase("required: [parcelId, weight]", "required: [parcelId, size]", "schema", "/data/required", "'size' is required")]
    [TestCase("weight: \"2.5\"", "weight: \"2,5\"", "example", "/example", "weight")]
    [TestCase("    kind: pivot\n", "", "plan", "/steps/1", "Step 'drive' has no compensation. Say undo")]
    [TestCase("{ from: /data/parcelId } }", "{ from: /results/reserve/shelf } }", "plan", "/steps/0", "cannot be made without a reply")]
    [TestCase("name: drive", "name: reserve", "plan", "", "Step 'reserve' occurs 2 times")]
    [TestCase("input: { shelf", "input: { saga: 1, shelf", "value", "/steps/1/input", "'saga' is set by the orchestrator")]
    [TestCase("command: Acme.Parcels:Drive", "command: Drive", "value", "/steps/1/command", "A command's name is its namespace")]
    public void Should_name_the_path_the_rule_and_what_is_wrong(string old, string changed, string rule, string path, string message)
    {
        var document = Written.With(old, changed);
        document.Plan.ShouldBeNull();
        var finding = document.Findings.FirstOrDefault(finding => finding.Rule == rule && finding.Message.Contains(message));
        finding.ShouldNotBeNull(string.Join('\n', document.Findings));
        finding.Path.ShouldStartWith(path);
    }

    [Test]
    public void Should_name_the_line()
    {
        var text = Written.TwoSteps.Replace("at: fleet", "to: fleet", StringComparison.Ordinal);
        var line = text.Split('\n').ToList().FindIndex(line => line.Contains("to: fleet")) + 1;
        PlanDocument.Read(text).Findings.ShouldContain(finding => finding.Line == line && finding.Path == "/steps/1/to");
        var json = "{\n\"plan\": \"x\",\n\"version\": 1,\n\"verzion\": 2\n}";
        PlanDocument.Read(json).Findings.ShouldContain(finding => finding.Line == 4 && finding.Path == "/verzion");
    }

    [TestCase("plan: parcel\n", "plan: \"parcel\\n\"\n", "/plan")]
    [TestCase("at: depot", "at: \"depot\\n\"", "/steps/0/at")]
    [TestCase("key: /data/parcelId", "key: /data/parcelId\ncolumns: { \"note\\n\": { from: /data/note } }", "/columns")]
    public void Should_refuse_a_name_that_ends_in_a_line_break(string old, string changed, string path) =>
        Written.With(old, changed).Findings.ShouldHaveSingleItem().Path.ShouldStartWith(path);

    [TestCase("plan: [", "no valid YAML")]
    [TestCase("", "The document is empty")]
    [TestCase("- 1", "The document is a list. Write an object.")]
    [TestCase("a: &x [1]\nb: *x", "Anchors and aliases are not taken")]
    [TestCase("a: !!python/object x", "Tags are not taken")]
    [TestCase("a: 1\n---\nb: 2", "A second document begins here")]
    [TestCase("{\"plan\": }", "no valid JSON")]
    [TestCase("{\"description\": \"\\ud800\"}", "no valid JSON")]
    public void Should_be_refused_as_a_text(string text, string message)
    {
        var finding = PlanDocument.Read(text).Findings.ShouldHaveSingleItem();
        finding.Rule.ShouldBe("syntax");
        finding.Message.ShouldContain(message);
    }

    [Test]
    public void Should_be_refused_when_it_is_too_large_or_too_deep()
    {
        PlanDocument.Read(new string('#', 300_000)).Findings.ShouldHaveSingleItem().Message.ShouldContain("bytes");
        var deep = "a: " + string.Concat(Enumerable.Repeat('[', 60)) + string.Concat(Enumerable.Repeat(']', 60));
        PlanDocument.Read(deep).Findings.ShouldHaveSingleItem().Message.ShouldContain("deeper");
        var wide = "a: [" + string.Join(',', Enumerable.Repeat('1', 30_000)) + "]";
        PlanDocument.Read(wide).Findings.ShouldHaveSingleItem().Message.ShouldContain("values");
    }

    [Test]
    public void Should_be_named_in_one_line_when_a_folder_is_read()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, "a.yaml"), Written.TwoSteps.Replace("at: fleet", "to: fleet", StringComparison.Ordinal));
        var message = Should.Throw<PlanDocumentException>(() => PlanFolder.Read(folder)).Message;
        message.ShouldContain("a.yaml");
        message.ShouldContain("line 2");
        message.ShouldContain("[");
        message.ShouldNotContain("\n");
        Directory.Delete(folder, recursive: true);
    }
}
