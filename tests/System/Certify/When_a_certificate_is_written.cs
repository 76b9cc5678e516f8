using System.Xml.Linq;
using SagaOrchestrator.Certify.Reports;
using SagaOrchestrator.Certify.Rules;
using SagaOrchestrator.Tests.Servers;
using Spectre.Console;

namespace SagaOrchestrator.Tests.Certify;

/// <summary>What reports make of findings, whatever a participant has sent.</summary>
public sealed class When_a_certificate_is_written
{
    private const string Hostile = "<script>alert(1)</script> & \u0001 \uFFFE \"";

    private static readonly Certificate Certificate = new(
        "hotels",
        [
            new Finding("answer", "trip.v1.book", Verdict.Held, "It is answered.", "It was.", "Nothing.", TimeSpan.FromSeconds(1)),
            new Finding("malformed", null, Verdict.Failed, "A dead letter.", Hostile, "Move it.", TimeSpan.FromSeconds(2.5)),
            new Finding("crash", null, Verdict.NotTried, "It goes on.", "Not given.", "Look.", TimeSpan.Zero),
        ]
    );

    [Test]
    public void Should_be_JUnit_that_a_build_server_reads()
    {
        var suite = XDocument.Parse(JUnitReport.Of(Certificate)).Root!.Element("testsuite")!;
        new[] { "tests", "failures", "skipped", "errors", "time" }
            .Select(name => (string)suite.Attribute(name)!)
            .ShouldBe(["3", "1", "1", "0", "3.500"]);
        suite.Elements("testcase").Select(test => (string)test.Attribute("name")!).ShouldBe(["answer trip.v1.book", "malformed", "crash"]);
        var failure = suite.Descendants("failure").Single();
        ((string)failure.Attribute("message")!).ShouldContain("<script>");
        failure.Value.ShouldContain("Next: Move it.");
        ((string)suite.Descendants("skipped").Single().Attribute("message")!).ShouldBe("Not given.");
    }

    [Test]
    public void Should_be_a_page_that_shows_what_was_sent_as_text()
    {
        var page = HtmlReport.Of(Certificate);
        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp;");
        page.ShouldNotContain("<script");
        page.ShouldContain("breaks the contract: 1 held, 1 failed, 1 not tried.");
        page.ShouldContain("Move it.");
        page.ShouldNotContain("Look.", customMessage: "the next move is for what failed");
    }

    [Test]
    public void Should_be_shown_as_text_on_a_terminal()
    {
        var hostile = new Finding("echo", "a\u009b2J", Verdict.Failed, "It is.", "[red]\u001b]0;x\u0007\u202e\nlast", "N.", TimeSpan.Zero);
        var output = new StringWriter();
        var terminal = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(output),
            }
        );
        terminal.Profile.Width = 200;
        TerminalReport.Write(terminal, new Certificate("hotels\u001b[2J", [hostile], 2));
        var shown = output.ToString();
        shown.ShouldContain("seen      [red]\uFFFD]0;x\uFFFD\uFFFD last");
        shown.ShouldContain("2 messages are unanswered.");
        shown.Where(sign => sign is '\u001b' or '\u0007' or '\u009b' or '\u202e').ShouldBeEmpty();
    }

    [Test]
    public async Task Should_be_explained_rule_by_rule()
    {
        var page = await File.ReadAllLinesAsync(Path.Combine(TestServers.Root, "docs/integrating.md"));
        page.Where(line => line.StartsWith("| `", StringComparison.Ordinal) && !line.StartsWith("| `--", StringComparison.Ordinal))
            .Select(line => line.Replace("`", string.Empty, StringComparison.Ordinal))
            .ShouldBe(RuleBook.OfSteps.Concat(RuleBook.OfQueue).Select(rule => $"| {rule.Id} | {rule.Expected} |"));
    }
}
