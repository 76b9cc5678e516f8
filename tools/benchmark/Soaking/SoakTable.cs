using System.Globalization;
using SagaOrchestrator.Benchmarks.Reporting;
using Spectre.Console;

namespace SagaOrchestrator.Benchmarks.Soaking;

/// <summary>The figures by quarter, and what they say.</summary>
internal static class SoakTable
{
    public static void Print(SoakResults results)
    {
        var table = Sheet.New(
            $"{results.Rate} sagas/s for {results.Options.Minutes} minutes, medians",
            "first quarter, warm-up",
            "second",
            "third",
            "last",
            "verdict"
        );
        foreach (var trend in results.Trends)
        {
            table.AddRow([
                trend.Title,
                .. trend.Quarters.Select(median => median.ToString(trend.Format, CultureInfo.InvariantCulture)),
                trend.Flat switch
                {
                    null => "-",
                    true => "flat",
                    false => "GREW",
                },
            ]);
        }

        Sheet.Print(table, [.. Sheet.Circumstances(results.Machine, results.Servers), .. Foot(results)]);
    }

    private static IEnumerable<string> Foot(SoakResults results)
    {
        yield return results.Capacity is { } capacity
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"A burst reached {capacity:0} sagas/s; the rate is {SoakOptions.Share:0 %} of it."
            )
            : "The rate was given.";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"A sample every {results.Options.Every} s. Flat: the last quarter has at most {SoakFigure.Factor} times the second, and an "
                + $"allowance for what is only chance."
        );
        yield return results.Wrong is { } wrong
            ? $"WRONG: {wrong}"
            : "Every saga ended once, as it should, and left the effects it should, and the outboxes were empty in the end.";
        var grew = results.Trends.Where(trend => trend.Flat is false).Select(trend => trend.Title.Trim()).ToArray();
        yield return grew.Length == 0 ? "Nothing grew that should not." : $"What grew and should not: {string.Join("; ", grew)}.";
    }
}
