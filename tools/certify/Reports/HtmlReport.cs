using System.Net;
using System.Text;

namespace SagaOrchestrator.Certify.Reports;

/// <summary>One page that needs nothing else.</summary>
internal static class HtmlReport
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
        body { color: #1b1b1b; background: #fff }
        table { border-collapse: collapse; width: 100% }
        th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #ddd; overflow-wrap: anywhere }
        th { position: sticky; top: 0; background: #fff }
        td:first-child { white-space: nowrap; font-weight: 600 }
        .held td:nth-child(3) { color: #0a6b2d } .failed td:nth-child(3) { color: #b00020; font-weight: 600 }
        .failed { background: #fff2f2 } .not-tried { color: #666 }
        """;

    public static string Of(Certificate certificate)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<title>Certificate of ")
            .Append(Text(certificate.Queue))
            .Append("</title>\n<style>\n")
            .Append(Style)
            .Append("\n</style>\n</head>\n<body>\n<h1>Certificate of ")
            .Append(Text(certificate.Queue))
            .Append("</h1>\n<p>")
            .Append(Text(certificate.Summary))
            .Append(
                "</p>\n<table>\n<thead><tr><th scope=\"col\">Rule<th scope=\"col\">Step<th scope=\"col\">Verdict<th scope=\"col\">Expected"
            )
            .Append("<th scope=\"col\">Seen<th scope=\"col\">Next move</tr></thead>\n<tbody>\n");
        foreach (var finding in certificate.Findings)
        {
            page.Append("<tr class=\"").Append(finding.Word.Replace(' ', '-')).Append("\">");
            foreach (var cell in Cells(finding))
            {
                page.Append("<td>").Append(Text(cell)).Append("</td>");
            }

            page.Append("</tr>\n");
        }

        return page.Append("</tbody>\n</table>\n</body>\n</html>\n").ToString();
    }

    private static string[] Cells(Finding finding) =>
        [
            finding.Rule,
            finding.Step ?? string.Empty,
            finding.Word,
            finding.Expected,
            finding.Seen,
            finding.Verdict == Verdict.Failed ? finding.Next : string.Empty,
        ];

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
