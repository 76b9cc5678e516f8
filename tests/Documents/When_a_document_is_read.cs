using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Documents;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Testing;

namespace SagaOrchestrator.DocumentTests;

public sealed class When_a_document_is_read
{
    private static readonly JsonNode Parcel = JsonNode.Parse("""{"parcelId":"P-9","weight":12.50}""")!;

    [Test]
    public void Should_be_a_plan_like_one_that_is_compiled()
    {
        var document = PlanDocument.Read(Written.TwoSteps);
        document.Findings.ShouldBeEmpty();
        var plan = document.Plan!;
        plan.Definition.Fingerprint.ShouldBe(new ParcelPlan().Definition.Fingerprint);
        plan.Definition.Find("reserve")!.Timeout.ShouldBe(TimeSpan.FromSeconds(30));
        plan.Definition.Find("reserve")!.Retry.Attempts.ShouldBe(3);
        plan.CommandShape("reserve", Direction.Undo)!.Name.ShouldBe("Acme.Parcels:Release");
    }

    [TestCase("""{"parcelId":"P-9","weight":1}""", false)]
    [TestCase("""{"parcelId":"P-9","weight":1,"note":null}""", false)]
    [TestCase("""{"parcelId":"P-9","weight":1,"note":"soft"}""", true)]
    public void Should_leave_a_column_empty_whose_field_is_not_there(string data, bool has)
    {
        var plan = Written.With("key: /data/parcelId", "key: /data/parcelId\ncolumns: { note: { from: /data/note } }").Plan!;
        plan.ColumnsOf(new StartData(plan.Read(Encoding.UTF8.GetBytes(data)).Data)).ContainsKey("note").ShouldBe(has);
    }

    [Test]
    public void Should_store_data_as_a_record_would_be_stored()
    {
        var written = """{"note":null,"weight":"12.50","parcelId":"P-9","unknown":1}"""u8;
        var request = PlanDocument.Read(Written.TwoSteps).Plan!.Read(written);
        var compiled = new ParcelPlan().Read(written);
        request.Data.ShouldBe(compiled.Data);
        request.DataHash.ShouldBe(compiled.DataHash);
        request.BusinessKey.ShouldBe("P-9");
    }

    [Test]
    public void Should_refuse_data_with_path_expected_and_got() =>
        Should
            .Throw<InvalidStartException>(() => PlanDocument.Read(Written.TwoSteps).Plan!.Read("""{"parcelId":"P-9","weight":"1,5"}"""u8))
            .Refusals.ShouldHaveSingleItem()
            .Path.ShouldBe("weight");

    [Test]
    public void Should_refuse_data_that_its_key_cannot_be_made_of()
    {
        var text = Written
            .TwoSteps.Replace("key: /data/parcelId", "key: { cel: data.parcelId + data.note }", StringComparison.Ordinal)
            .Replace("weight: \"2.5\"", "weight: \"2.5\", note: x", StringComparison.Ordinal);
        var plan = PlanDocument.Read(text).Plan!;
        plan.Read("""{"parcelId":"P-9","weight":"1","note":"a"}"""u8).BusinessKey.ShouldBe("P-9a");
        Should
            .Throw<InvalidStartException>(() => plan.Read("""{"parcelId":"P-9","weight":"1"}"""u8))
            .Errors.ShouldHaveSingleItem()
            .Message.ShouldStartWith("The key cannot be made.");
    }

    [Test]
    public void Should_run_as_a_scenario_and_make_its_commands_from_data_and_results()
    {
        var saga = SagaScenario.Start(PlanDocument.Read(Written.TwoSteps).Plan!, Parcel);
        Fields(saga.Command<JsonCommand>("reserve")).ShouldBe("""{"weight":"12.5"}""");
        saga.Completes("reserve", JsonNode.Parse("""{"shelf":"S-3"}"""));
        Fields(saga.Command<JsonCommand>("drive")).ShouldBe("""{"shelf":"S-3"}""");
        saga.Rejects("drive", "no_driver");
        Fields(saga.Compensation<JsonCommand>("reserve")).ShouldBe("""{"parcel":"P-9"}""");
        saga.CompletesCompensation("reserve").State.ShouldBe(SagaState.Failed);
    }

    [Test]
    public void Should_leave_a_step_open_whose_result_is_of_another_shape()
    {
        var saga = SagaScenario
            .Start(PlanDocument.Read(Written.TwoSteps).Plan!, Parcel)
            .Completes("reserve", JsonNode.Parse("""{"shelf":3}"""));
        saga.Step("reserve").State.ShouldBe(StepState.Executing);
    }

    [Test]
    public void Should_say_the_same_in_JSON()
    {
        var yaml = PlanDocument.Read(Written.TwoSteps);
        var json = PlanDocument.Read(
            """
            {"plan":"parcel","version":1,"data":{"type":"object","required":["parcelId","weight"],"properties":{
             "parcelId":{"type":"string","format":"key"},"weight":{"type":"string","format":"decimal","minimum":0},
             "note":{"type":"string","maxLength":50}}},"key":"/data/parcelId","example":{"parcelId":"P-1","weight":"2.5"},
             "steps":[{"name":"reserve","at":"depot","command":"Acme.Parcels:Reserve","input":{"weight":{"from":"/data/weight"}},
             "result":{"type":"object","required":["shelf"],"properties":{"shelf":{"type":"string"}}},
             "undo":{"command":"Acme.Parcels:Release","input":{"parcel":{"from":"/data/parcelId"}}}},
             {"name":"drive","at":"fleet","kind":"pivot","command":"Acme.Parcels:Drive",
             "input":{"shelf":{"from":"/results/reserve/shelf"}}}]}
            """
        );
        json.Findings.ShouldBeEmpty();
        json.Hash.ShouldBe(yaml.Hash);
    }

    [Test]
    public void Should_not_count_comments_as_a_change()
    {
        var document = PlanDocument.Read(Written.TwoSteps);
        PlanDocument.Read("# Parcels\n" + Written.TwoSteps).Hash.ShouldBe(document.Hash);
        Written.With("at: fleet", "at: trucks").Hash.ShouldNotBe(document.Hash);
    }

    private static string Fields(JsonCommand command) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(command.Fields));

    private sealed record StartParcel([property: System.ComponentModel.DataAnnotations.Key] string ParcelId, decimal Weight, string? Note);

    private sealed record Reserve(decimal Weight) : SagaCommand;

    private sealed record Release(string Parcel) : SagaCommand;

    private sealed record Drive(string Shelf) : SagaCommand;

    private sealed class ParcelPlan : Plan<StartParcel>
    {
        public ParcelPlan()
            : base("parcel", version: 1)
        {
            Step("reserve").At("depot").Do((parcel, _) => new Reserve(parcel.Weight)).UndoneBy((parcel, _) => new Release(parcel.ParcelId));
            Step("drive").At("fleet").AsPivot().Do((_, _) => new Drive("S"));
        }

        public override StartParcel Example { get; } = new("P-1", 2.5m, Note: null);

        public override string BusinessKey(StartParcel data) => data.ParcelId;

        public override IEnumerable<FieldError> Validate(StartParcel data) => [];
    }
}
