using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace SagaOrchestrator.Runner.Results;

/// <summary>One file that <c>dotnet test --logger trx</c> wrote.</summary>
internal static class ResultFile
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>
    /// The results in the order in which the tests ended. A file that is broken, because its writer was killed, counts as one failed test.
    /// </summary>
    public static IReadOnlyList<TestResult> Read(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            var run = XDocument.Load(stream).Root!;
            return [.. Tests(run), .. Errors(run, file.Name)];
        }
        catch (XmlException exception)
        {
            return [Broken(file.Name, $"The file cannot be read, so the tests did not run to their end: {exception.Message}")];
        }
    }

    private static IEnumerable<TestResult> Tests(XElement run)
    {
        var tests = run.Descendants(Trx + "UnitTest").ToDictionary(test => Text(test, "id"), StringComparer.Ordinal);
        var start = Time(run.Element(Trx + "Times"), "start");
        // Each program ran its tests one after another; several may have run side by side.
        foreach (
            var program in run.Descendants(Trx + "UnitTestResult")
                .GroupBy(test => Text(tests.GetValueOrDefault(Text(test, "testId")), "storage"))
        )
        {
            var last = start;
            foreach (var test in program.OrderBy(test => Time(test, "endTime")))
            {
                var end = Time(test, "endTime");
                yield return Test(
                    test,
                    Text(tests.GetValueOrDefault(Text(test, "testId"))?.Element(Trx + "TestMethod"), "className"),
                    end - last
                );
                last = end;
            }
        }
    }

    private static TestResult Test(XElement test, string fixture, TimeSpan took)
    {
        var error = test.Descendants(Trx + "ErrorInfo").FirstOrDefault();
        var stack = error?.Element(Trx + "StackTrace")?.Value ?? string.Empty;
        return new TestResult(
            fixture,
            Text(test, "testName"),
            End(Text(test, "outcome")),
            took,
            error?.Element(Trx + "Message")?.Value.Trim() ?? string.Empty,
            stack.Split('\n').FirstOrDefault(line => line.Contains(":line ", StringComparison.Ordinal))?.Trim() ?? string.Empty
        );
    }

    // What went wrong beside the tests: the process that ran them died, or could not load them.
    private static IEnumerable<TestResult> Errors(XElement run, string file) =>
        run.Descendants(Trx + "RunInfo")
            .Where(info => Text(info, "outcome") == "Error")
            .Select(info => Broken(file, info.Element(Trx + "Text")?.Value.Trim() ?? string.Empty));

    private static TestResult Broken(string file, string message) =>
        new("The test run", file, TestEnd.Failed, TimeSpan.Zero, message, string.Empty);

    private static TestEnd End(string outcome) =>
        outcome switch
        {
            "Passed" => TestEnd.Passed,
            "Failed" or "Error" or "Timeout" or "Aborted" => TestEnd.Failed,
            _ => TestEnd.Skipped,
        };

    private static string Text(XElement? element, string attribute) => element?.Attribute(attribute)?.Value ?? string.Empty;

    private static DateTimeOffset Time(XElement? element, string attribute) =>
        DateTimeOffset.TryParse(Text(element, attribute), CultureInfo.InvariantCulture, out var time) ? time : default;
}
