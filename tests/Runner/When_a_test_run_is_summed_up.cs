using SagaOrchestrator.Runner.Results;

namespace SagaOrchestrator.Tests.Runner;

/// <summary>What infra/test says at its end decides over a change, so it must not call a run good that was none.</summary>
public sealed class When_a_test_run_is_summed_up
{
    private DirectoryInfo folder = null!;

    [SetUp]
    public void Create() => folder = Directory.CreateTempSubdirectory("trx");

    [TearDown]
    public void Delete() => folder.Delete(recursive: true);

    [Test]
    public void Should_count_over_all_files_in_its_last_line()
    {
        Write("one", Test("Passed"), Test("Passed", "Should_b"));
        Write("two", Test("Passed", "Should_c"), Test("NotExecuted", "Should_d"));

        var (status, lines) = Print();

        lines[^1].ShouldBe("3 passed, 0 failed, 1 skipped");
        status.ShouldBe(0);
    }

    [Test]
    public void Should_say_which_test_failed_why_and_where_shortly_before_the_last_line()
    {
        Write(
            "one",
            Test("Passed"),
            Test(
                "Failed",
                "Should_hold",
                "2 &lt; 3\n  should be",
                "at A.B()\n   at Should_hold() in /x.cs:line 7\n at C.D() in /y.cs:line 9"
            )
        );

        var (status, lines) = Print();

        lines[^6..]
            .ShouldBe([
                "failed: Rooms.When_it_rains.Should_hold",
                "  2 < 3",
                "    should be",
                "  at Should_hold() in /x.cs:line 7",
                string.Empty,
                "1 passed, 1 failed, 0 skipped",
            ]);
        status.ShouldBe(1);
    }

    [Test]
    public void Should_count_a_file_that_breaks_off_as_a_failure()
    {
        Write("one", Test("Passed"));
        File.WriteAllText(Path.Combine(folder.FullName, "two.trx"), "<TestRun><Results>");

        var (status, lines) = Print();

        lines[^1].ShouldBe("1 passed, 1 failed, 0 skipped");
        lines.ShouldContain("failed: The test run.two.trx");
        status.ShouldBe(1);
    }

    [Test]
    public void Should_count_a_process_that_died_as_a_failure()
    {
        Write(
            "one",
            Test("Passed"),
            """<ResultSummary><RunInfos><RunInfo outcome="Error"><Text>Test host process crashed</Text></RunInfo></RunInfos></ResultSummary>"""
        );

        var (status, lines) = Print();

        lines[^1].ShouldBe("1 passed, 1 failed, 0 skipped");
        lines.ShouldContain("  Test host process crashed");
        status.ShouldBe(1);
    }

    [Test]
    public void Should_not_pass_when_the_run_itself_did_not()
    {
        Write("one", Test("Passed"));

        var (status, lines) = Print(of: 3);

        lines[^1].ShouldBe("1 passed, 1 failed, 0 skipped");
        status.ShouldBe(1);
    }

    [Test]
    public void Should_not_pass_when_nothing_ran()
    {
        var (status, lines) = Print();

        lines[^1].ShouldBe("0 passed, 0 failed, 0 skipped");
        status.ShouldBe(1);
    }

    [Test]
    public void Should_name_the_slowest_fixtures_with_what_they_set_up()
    {
        Write("one", Test("Passed"));

        Print().Lines.ShouldContain("   12.5 s  Rooms.When_it_rains (1)");
    }

    private (int Status, string[] Lines) Print(int of = 0)
    {
        var text = new StringWriter();
        var status = ResultReport.Print([.. folder.GetFiles("*.trx").SelectMany(ResultFile.Read)], of, slowest: 3, text);
        return (status, text.ToString().TrimEnd().Split(Environment.NewLine));
    }

    private void Write(string name, params string[] content) =>
        File.WriteAllText(
            Path.Combine(folder.FullName, name + ".trx"),
            $"""
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Times start="2026-01-01T00:00:00.0000000+00:00" finish="2026-01-01T00:01:00.0000000+00:00" />
              {string.Join('\n', content)}
            </TestRun>
            """
        );

    private static string Test(string outcome, string name = "Should_a", string message = "", string stack = "") =>
        $"""
            <Results><UnitTestResult testId="{name}" testName="{name}" outcome="{outcome}"
              startTime="2026-01-01T00:00:10.0000000+00:00" endTime="2026-01-01T00:00:12.5000000+00:00">
              <Output><ErrorInfo><Message>{message}</Message><StackTrace>{stack}</StackTrace></ErrorInfo></Output>
            </UnitTestResult></Results>
            <TestDefinitions><UnitTest id="{name}"><TestMethod className="Rooms.When_it_rains" name="{name}" /></UnitTest></TestDefinitions>
            """;
}
