using SagaOrchestrator.Documents;

namespace SagaOrchestrator.DocumentTests;

public sealed class When_a_document_holds_scenarios
{
    private const string Scenario = """

        scenarios:
          - name: No driver
            data: { weight: "3" }
            happens:
              - sends: reserve
                fields: { weight: "3" }
              - completes: reserve
                result: { shelf: S-1 }
              - rejects: drive
                code: no_driver
              - undone: reserve
            expect:
              state: Failed
              failure: { step: drive, code: no_driver }
              undone: [reserve]
              sent: [reserve, drive, undo reserve]
        """;

    [Test]
    public void Should_pass_where_the_saga_does_what_they_say()
    {
        var result = PlanDocument.Read(Written.TwoSteps + Scenario).Test().ShouldHaveSingleItem();
        result.Failures.ShouldBeEmpty();
        result.Name.ShouldBe("No driver");
        result.Story.ShouldContain("sends undo reserve to depot");
    }

    [TestCase("""fields: { weight: "3" }""", """fields: { weight: "4" }""", "the command of 'reserve' has \"3\" in 'weight', not \"4\".")]
    [TestCase("state: Failed", "state: Completed", "the state should be Completed, and is Failed.")]
    [TestCase("undone: [reserve]\n", "undone: []\n", "the steps that were undone should be [], and are [reserve].")]
    [TestCase("code: no_driver }", "code: other }", "the failure's code should be other, and is no_driver.")]
    [TestCase("- undone: reserve", "- timesOut: drive", "step 'drive' waits for nothing that could time out.")]
    public void Should_say_the_line_and_what_was_otherwise(string old, string changed, string expected)
    {
        var text = Written.TwoSteps + Scenario;
        text.ShouldContain(old);
        var result = PlanDocument.Read(text.Replace(old, changed, StringComparison.Ordinal)).Test().ShouldHaveSingleItem();
        result.HasPassed.ShouldBeFalse();
        result.Failures.ShouldContain(failure => failure.StartsWith("line ", StringComparison.Ordinal) && failure.Contains(expected));
    }

    [TestCase("- rejects: drive", "- rejects: fly", "There is no step 'fly'. There are: reserve, drive.")]
    [TestCase("- undone: reserve", "- passTime: 3651d", "'passTime' is longer than 3650d.")]
    [TestCase("- undone: reserve", "- passTime: soon", "'passTime' is a text in another form.")]
    [TestCase("state: Failed", "state: Done", "'state' is another word.")]
    [TestCase("state: Failed", "steps: { drive: Rejected, drive: Planned }", "'drive' stands here twice.")]
    [TestCase("- undone: reserve", "- laughs: reserve", "Say what happens with one of: sends,")]
    public void Should_be_refused_where_they_speak_of_what_there_is_not(string old, string changed, string expected)
    {
        var text = Written.TwoSteps + Scenario;
        text.ShouldContain(old);
        var finding = PlanDocument.Read(text.Replace(old, changed, StringComparison.Ordinal)).Findings[0];
        finding.Message.ShouldStartWith(expected);
        finding.Line.ShouldBeGreaterThan(25);
    }

    [Test]
    public void Should_be_no_more_than_a_hundred_and_end_when_nobody_waits_for_them()
    {
        var one = Scenario[Scenario.IndexOf("  - name", StringComparison.Ordinal)..];
        var many = Written.TwoSteps + Scenario + string.Concat(Enumerable.Repeat("\n" + one, 99));
        var document = PlanDocument.Read(many);
        document.Findings.ShouldBeEmpty();
        document.Test().Count.ShouldBe(100);
        using var over = new CancellationTokenSource();
        over.Cancel();
        Should.Throw<OperationCanceledException>(() => document.Test(over.Token));
        PlanDocument.Read(many + "\n" + one).Findings.ShouldHaveSingleItem().Message.ShouldBe("A document has at most 100 scenarios.");
    }

    [Test]
    public void Should_fail_where_more_time_passes_than_the_calendar_has()
    {
        var times = string.Concat(Enumerable.Repeat("      - passTime: 3650d\n", 900));
        var sends = "      - sends: reserve\n";
        var text = Written.TwoSteps + Scenario.Replace(sends, times + sends, StringComparison.Ordinal);
        var result = PlanDocument.Read(text).Test().ShouldHaveSingleItem();
        result.Failures.ShouldContain(failure => failure.Contains("more than 36500d have passed."));
    }

    [Test]
    public void Should_pass_for_the_trip_that_is_shipped()
    {
        var documents = PlanFolder.Read(Written.Samples);
        var results = documents.SelectMany(document => document.Test()).ToList();
        results.Count.ShouldBeGreaterThan(4);
        results.SelectMany(result => result.Failures).ShouldBeEmpty();
    }
}
