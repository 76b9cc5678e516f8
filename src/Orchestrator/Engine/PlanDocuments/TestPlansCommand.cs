using System.Globalization;
using SagaOrchestrator.Documents;

namespace SagaOrchestrator.Engine.PlanDocuments;

/// <summary>The verb <c>test-plans</c>: checks plan documents, runs their scenarios, and starts nothing.</summary>
internal static class TestPlansCommand
{
    public const string Name = "test-plans";

    /// <summary>Carries the verb out.</summary>
    /// <param name="files">The documents.</param>
    /// <param name="output">Takes the report.</param>
    /// <param name="error">Takes what is wrong with the arguments.</param>
    /// <returns>The exit status: 0 when nothing is wrong, 1 when something is, 2 when a file cannot be read.</returns>
    public static int Run(string[] files, TextWriter output, TextWriter error)
    {
        if (files.Length == 0)
        {
            error.WriteLine($"Name one plan document or more: {Name} FILE...");
            return 2;
        }

        var isWrong = false;
        foreach (var file in files)
        {
            if (!File.Exists(file))
            {
                error.WriteLine($"There is no file '{file}'.");
                return 2;
            }

            isWrong |= !Test(file, output);
        }

        return isWrong ? 1 : 0;
    }

    private static bool Test(string file, TextWriter output)
    {
        var document = PlanDocument.Read(File.ReadAllText(file));
        foreach (var finding in document.Findings)
        {
            output.WriteLine($"{file}: {finding}");
        }

        var results = document.Test();
        foreach (var result in results)
        {
            output.WriteLine($"{(result.HasPassed ? "passed" : "FAILED")}  {result.Name}");
            foreach (var failure in result.Failures)
            {
                output.WriteLine($"        {failure}");
            }

            if (!result.HasPassed)
            {
                output.WriteLine($"        It went: {string.Join("; ", result.Story)}");
            }
        }

        var hasPassed = document.Findings.Count == 0 && results.All(result => result.HasPassed);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: {(hasPassed ? $"nothing is wrong, {results.Count} scenarios passed." : "something is wrong.")}"
            )
        );
        return hasPassed;
    }
}
