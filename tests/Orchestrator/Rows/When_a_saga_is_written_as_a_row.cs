using System.Collections;
using System.Reflection;
using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Postgres;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Tests.Rows;

/// <summary>The documents that are written field by field leave no field out, whatever field comes to be.</summary>
public sealed class When_a_saga_is_written_as_a_row
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly Failure Failure = new("reserve", "out \"of\" stock", "ä\n");

    private static readonly Absence Absence = new(AbsenceKind.Stopped, At, "by \"alice\"");

    private static readonly StepProgress Step = new()
    {
        Name = "reserve",
        State = StepState.CompensationSkipped,
        StartOrder = 3,
        Attempt = 1,
        UndoAttempt = 2,
        Enquiries = 4,
        Forgiven = 5,
        Unanswered = 7,
        ForgivenEnquiries = 6,
        CalledNotDone = true,
        RefusedResult = "result.id: …",
        Wait = Wait.Operator,
        DueAt = At,
        Absence = Absence,
        Failure = Failure,
        Note = "40 of 60 pages",
    };

    private static readonly ReceivedSignal Signal = new(Guid.NewGuid(), "approval", Failure, "approve");

    private static readonly Pause Pause = new(At, "alice", "why \"so\"");

    private static readonly SagaProgress Full = new()
    {
        SagaId = Guid.NewGuid(),
        CommandKey = Guid.NewGuid(),
        State = SagaState.Parked,
        Steps = [Step, new StepProgress { Name = "pay" }],
        ForwardFailure = Failure,
        CompensationFailure = Failure with { Step = "pay" },
        Compensated = ["ship", "pay"],
        BeginDueAt = At,
        DeadlineAt = At.AddDays(1),
        Signals = [Signal],
        Pause = Pause,
    };

    private static readonly HistoryEntry Entry = new("step_failed", "reserve", Direction.Undo, 2, "timeout", "ü", At, "operator");

    [Test]
    public void Should_read_back_what_is_written()
    {
        Same(SagaJson.Stored<SagaProgress>(RowJson.Progress(Full)), Full);
        Same(
            SagaJson.Stored<List<HistoryEntry>>(RowJson.History([Entry, new HistoryEntry("saga_started")])),
            new List<HistoryEntry> { Entry, new("saga_started") }
        );
    }

    [Test]
    public void Should_be_shown_with_every_field_there_is()
    {
        // A field that is new has its default value in the examples above, and makes this fail until it is in them, and so until it is
        // written.
        foreach (var example in new object[] { Full, Step, Absence, Signal, Failure, Entry, Pause })
        {
            foreach (var property in example.GetType().GetProperties().Where(property => property.CanWrite))
            {
                IsDefault(property, example).ShouldBeFalse($"{example.GetType().Name}.{property.Name}");
            }
        }
    }

    [Test]
    public void Should_leave_out_what_has_its_default_value()
    {
        var id = Guid.NewGuid();
        var empty = new SagaProgress
        {
            SagaId = id,
            CommandKey = id,
            State = SagaState.Started,
            Steps = [new StepProgress { Name = "pay" }],
        };
        RowJson.Progress(empty).ShouldBe($$"""{"sagaId":"{{id}}","commandKey":"{{id}}","state":"started","steps":[{"name":"pay"}]}""");
        Same(SagaJson.Stored<SagaProgress>(RowJson.Progress(empty)), empty);
        (RowJson.History([]), RowJson.Results(new Dictionary<string, JsonElement>())).ShouldBe(("[]", "{}"));
    }

    [TestCase(typeof(SagaState))]
    [TestCase(typeof(StepState))]
    [TestCase(typeof(Wait))]
    [TestCase(typeof(Direction))]
    [TestCase(typeof(AbsenceKind))]
    public void Should_find_a_value_s_name_by_its_number(Type type) =>
        Enum.GetValues(type).Cast<int>().ShouldBe(Enumerable.Range(0, Enum.GetValues(type).Length));

    [Test]
    public void Should_replace_NULs_and_keep_results_as_they_came()
    {
        using var result = JsonDocument.Parse("""{"amount": 1.50, "note": "a\u0000b"}""");
        var results = new Dictionary<string, JsonElement>
        {
            ["pay \"now\""] = result.RootElement.Clone(),
            ["ship"] = JsonSerializer.SerializeToElement<string?>(null),
        };
        var text = RowJson.Results(results);
        text.ShouldNotContain("\\u0000");
        var read = SagaJson.Stored<Dictionary<string, JsonElement>>(text);
        read.Keys.ShouldBe(results.Keys);
        read["pay \"now\""].GetProperty("amount").GetRawText().ShouldBe("1.50");
        read["ship"].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static void Same<T>(T read, T written) =>
        JsonSerializer.Serialize(read, SagaJson.Options).ShouldBe(JsonSerializer.Serialize(written, SagaJson.Options));

    private static bool IsDefault(PropertyInfo property, object of)
    {
        var value = property.GetValue(of);
        return value is null
            || (
                property.PropertyType.IsValueType
                && value is not IEnumerable
                && value.Equals(Activator.CreateInstance(property.PropertyType))
            )
            || (value is IEnumerable many and not string && !many.GetEnumerator().MoveNext());
    }
}
