using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Documents;
using SagaOrchestrator.Documents.Reading;

namespace SagaOrchestrator.DocumentTests;

/// <summary>An editor that knows the schema and the orchestrator say the same of a document, as far as a schema can.</summary>
public sealed class When_a_document_is_held_to_the_schema
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(PlanDocument.Schema);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Test]
    public void Should_be_valid_when_the_orchestrator_takes_it()
    {
        string[] valid = [Written.TwoSteps, .. PlanFolder.Read(Written.Samples).Select(document => document.Text)];
        foreach (var text in valid)
        {
            PlanDocument.Read(text).Findings.ShouldBeEmpty();
            Takes(Json(text)).ShouldBeTrue(text[..60]);
        }
    }

    [TestCase("at: depot", "att: depot")]
    [TestCase("    at: depot\n", "")]
    [TestCase("version: 1", "version: one")]
    [TestCase("version: 1", "version: 0")]
    [TestCase("plan: parcel", "plan: Parcel")]
    [TestCase("{ from: /data/weight }", "{ from: data.weight }")]
    [TestCase("{ from: /data/weight }", "{ from: /saga }")]
    [TestCase("{ from: /data/weight }", "{ from: /data/weight, else: 1 }")]
    [TestCase("format: decimal, minimum: 0", "format: money")]
    [TestCase("maxLength: 50", "pattern: a+")]
    [TestCase("maxLength: 50", "maxLength: long")]
    [TestCase("input: { shelf", "input: { saga: 1, shelf")]
    [TestCase("command: Acme.Parcels:Drive", "command: Drive")]
    [TestCase("kind: pivot", "kind: last")]
    [TestCase("key: /data/parcelId\n", "")]
    [TestCase("key: /data/parcelId", "key: 1")]
    [TestCase("at: fleet", "at: fleet 1")]
    [TestCase("at: fleet", "at: fleet\n    within: 30")]
    [TestCase("at: fleet", "at: fleet\n    retry: { attempts: 0 }")]
    [TestCase("at: fleet", "at: fleet\n    retry: { firstDelay: 1s }")]
    [TestCase("at: fleet", "at: fleet\n    whenUnknown: ask")]
    [TestCase("steps:\n", "columns: { Total: { from: /data/weight } }\nsteps:\n")]
    [TestCase("steps:\n", "rules: [{ must: data.weight > 0 }]\nsteps:\n")]
    [TestCase("steps:\n", "scenarios: [{ name: x, expect: { state: Done } }]\nsteps:\n")]
    [TestCase("steps:\n", "scenarios: [{ name: x, happens: [{ laughs: drive }], expect: {} }]\nsteps:\n")]
    [TestCase("steps:\n", "scenarios: [{ name: x, happens: [{ rejects: drive }], expect: {} }]\nsteps:\n")]
    public void Should_be_invalid_when_the_orchestrator_refuses_its_form(string old, string changed)
    {
        var text = Written.TwoSteps.Replace(old, changed, StringComparison.Ordinal);
        text.ShouldNotBe(Written.TwoSteps);
        PlanDocument.Read(text).Findings.ShouldNotBeEmpty();
        Takes(Json(text)).ShouldBeFalse();
    }

    [Test]
    public void Should_know_every_state()
    {
        var states = JsonNode.Parse(PlanDocument.Schema)!["$defs"]!["scenario"]!["properties"]!["expect"]!["properties"]!;
        Words(states["state"]!["enum"]!).ShouldBe(Enum.GetNames<SagaState>());
        Words(states["steps"]!["additionalProperties"]!["enum"]!).ShouldBe(Enum.GetNames<StepState>());
    }

    // Every field of the format is in the sample, or in this: so the schema lacks none.
    [Test]
    public void Should_be_valid_with_every_field_that_there_is()
    {
        var text = Written.TwoSteps.Replace(
            "  - name: drive",
            """
              - name: approval
                description: Somebody looks.
                signal: approved
                within: 2d
                result: { type: object, properties: { by: { type: string } } }
              - name: weigh
                at: depot
                kind: check
                if: has(signals.approved.by)
                command: Acme.Parcels:Weigh
                input:
                  list: [1, { cel: data.weight }, { from: /signals/approved/by, optional: true }]
                  plain: { value: { from: 1 } }
                  saga_id: { from: /saga/id }
                whenUnknown: compensate
                retry: { attempts: 2, firstDelay: 1s, maximumDelay: 00:00:30, except: [broken] }
              - name: drive
            """,
            StringComparison.Ordinal
        );
        var document = PlanDocument.Read(text);
        document.Findings.ShouldBeEmpty();
        Takes(Json(text)).ShouldBeTrue();
    }

    private static bool Takes(JsonElement document) => Schema.Evaluate(document).IsValid;

    private static JsonElement Json(string yaml)
    {
        var node = DocumentText.Read(yaml, new List<PlanFinding>());
        return JsonElement.Parse(node!.ToJson()!.ToJsonString(Indented));
    }

    private static string[] Words(JsonNode words) => [.. words.AsArray().Select(word => word!.GetValue<string>())];
}
