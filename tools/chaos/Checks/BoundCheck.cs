using System.Globalization;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Chaos.Processes;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Checks;

/// <summary>How soon the system must be back, and how much it must do in a storm.</summary>
internal static class BoundCheck
{
    /// <summary>The share of the calm's throughput that is left in a storm.</summary>
    public const double LeastShare = 0.3;

    private static readonly TimeSpan One = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Two = TimeSpan.FromSeconds(3);

    public static IEnumerable<CheckResult> Run(
        ChaosOptions options,
        IReadOnlyList<(KillEntry Kill, TimeSpan? After)> progress,
        double calm,
        double storm
    )
    {
        // In a storm the next fault may strike before the system is back from this one.
        if (options.OneByOne)
        {
            yield return new CheckResult(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"progress within {Bound(options, ProcessKind.Orchestrator).TotalSeconds:0} s of a kill, {One.TotalSeconds:0} s of "
                        + $"Postgres"
                ),
                [
                    .. progress
                        .Where(kill => kill.After is not { } after || after > Bound(options, kill.Kill.Kind))
                        .Select(kill =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{kill.Kill.Name} at {kill.Kill.At.TotalSeconds:0.0}: {kill.After?.TotalSeconds:0.00} s"
                            )
                        ),
                ]
            );
        }

        if (calm > 0)
        {
            yield return new CheckResult(
                string.Create(CultureInfo.InvariantCulture, $"in the storm at least {LeastShare:0.00} of the calm's throughput"),
                storm >= LeastShare * calm ? [] : [string.Create(CultureInfo.InvariantCulture, $"{storm:0} of {calm:0} sagas a second")]
            );
        }
    }

    // There is one primary whatever the number of orchestrators.
    private static TimeSpan Bound(ChaosOptions options, ProcessKind kind) =>
        options.Replicas > 1 && kind != ProcessKind.Postgres ? Two : One;
}
