using System.Globalization;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>What a run has shown, as a table and as checks. Pure.</summary>
internal static class FloodTable
{
    public static string Of(Latency calm, IReadOnlyList<FloodResult> floods)
    {
        var lines = new List<string>
        {
            "| flood | messages | digested after | orders | p50 / p95 / p99, ms | longest, ms | p95 to calm | its messages |",
            "|---|---|---|---|---|---|---|---|",
            string.Create(
                CultureInfo.InvariantCulture,
                $"| none | | | {calm.Orders} | {calm} | {calm.Longest.TotalMilliseconds:0} | 1.0 | |"
            ),
        };
        lines.AddRange(
            floods.Select(flood =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {flood.Kind} | {flood.Size} | {(flood.IsDigested ? $"{(flood.To - flood.From).TotalSeconds:0} s" : "not")} | "
                        + $"{flood.Latency.Orders} | {flood.Latency} | {flood.Latency.Longest.TotalMilliseconds:0} | "
                        + $"{flood.Latency.RatioTo(calm):0.0} | {flood.Ends} |"
                )
            )
        );
        return string.Join('\n', lines);
    }

    public static IEnumerable<CheckResult> Checks(Latency calm, IReadOnlyList<FloodResult> floods)
    {
        yield return new CheckResult(
            "every flood is digested",
            [
                .. floods
                    .Where(flood => !flood.IsDigested)
                    .Select(flood => $"{flood.Kind}: not within {FloodOptions.Patience.TotalMinutes:0} minutes"),
            ]
        );
        yield return new CheckResult(
            "every message of a flood ended once, where it must",
            [.. floods.SelectMany(flood => flood.Wrong.Select(wrong => $"{flood.Kind}: {wrong}"))]
        );
        yield return new CheckResult(
            "what waits comes back in its order",
            [.. floods.Where(flood => flood.Disorder is not null).Select(flood => $"{flood.Kind}: {flood.Disorder}")]
        );
        yield return new CheckResult(
            string.Create(CultureInfo.InvariantCulture, $"beside a flood, orders take at most {Latency.Most:0} times their calm p95"),
            [
                .. floods
                    .Where(flood => !(flood.Latency.RatioTo(calm) <= Latency.Most))
                    .Select(flood => string.Create(CultureInfo.InvariantCulture, $"{flood.Kind}: {flood.Latency.RatioTo(calm):0.0} times")),
            ]
        );
    }
}
