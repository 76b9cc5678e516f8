using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace SagaOrchestrator.Certify.Reports;

/// <summary>For a build server.</summary>
internal static class JUnitReport
{
    public static string Of(Certificate certificate)
    {
        var suite = new XElement(
            "testsuite",
            new XAttribute("name", "certify " + certificate.Queue),
            new XAttribute("tests", certificate.Findings.Count),
            new XAttribute("failures", certificate.Count(Verdict.Failed)),
            new XAttribute("skipped", certificate.Count(Verdict.NotTried)),
            new XAttribute("errors", 0),
            new XAttribute("time", Seconds(certificate.Findings.Aggregate(TimeSpan.Zero, (sum, finding) => sum + finding.Took))),
            certificate.Findings.Select(finding => Case(certificate, finding))
        );
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement("testsuites", suite)}\n";
    }

    private static XElement Case(Certificate certificate, Finding finding)
    {
        var test = new XElement(
            "testcase",
            new XAttribute("classname", "certify." + certificate.Queue),
            new XAttribute("name", finding.Step is null ? finding.Rule : $"{finding.Rule} {finding.Step}"),
            new XAttribute("time", Seconds(finding.Took))
        );
        if (finding.Verdict == Verdict.Failed)
        {
            var text = $"Expected: {finding.Expected}\nSeen: {finding.Seen}\nNext: {finding.Next}";
            test.Add(new XElement("failure", new XAttribute("message", Clean(finding.Seen)), Clean(text)));
        }
        else if (finding.Verdict == Verdict.NotTried)
        {
            test.Add(new XElement("skipped", new XAttribute("message", Clean(finding.Seen))));
        }

        return test;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    // What a participant sends may hold characters that XML has no form for.
    private static string Clean(string text) =>
        text.EnumerateRunes()
            .Where(rune => rune.Value is '\t' or '\n' or >= 0x20 and not 0xFFFE and not 0xFFFF)
            .Aggregate(new StringBuilder(), (clean, rune) => clean.Append(rune.ToString()))
            .ToString();
}
