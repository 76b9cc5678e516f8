using System.Globalization;
using SagaOrchestrator.Chaos.Audits;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Checks;

/// <summary>
/// The auditor has reported each contradiction within a minute in which it could run, and has repaired it or raised its alarm. Pure.
/// </summary>
internal static class AuditCheck
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    public static IEnumerable<CheckResult> Of(IReadOnlyList<ReportedContradiction> planted, ChaosOptions options)
    {
        foreach (var kind in Contradiction.Kinds)
        {
            ReportedContradiction[] ofKind = [.. planted.Where(one => one.What.Kind == kind)];
            yield return new CheckResult(
                $"the auditor reports {kind} within a minute",
                ofKind.Length == 0 ? ["none was planted that stood until a run"] : [.. ofKind.Where(IsLate).Select(Late)]
            );
            yield return new CheckResult(
                kind == Contradiction.FenceDisagrees
                    ? $"{kind} stood with its alarm until an operator set it right"
                    : $"the auditor repaired {kind}, and the operators' log says so",
                [.. ofKind.Where(one => !IsDone(one, options)).Select(Undone)]
            );
        }
    }

    // While nobody could audit, no run was: each run stands for the time until the next.
    private static bool IsLate(ReportedContradiction one) => one.Outcome is null || (one.MissedRuns + 1) * ChaosOptions.AuditEvery > Bound;

    private static bool IsDone(ReportedContradiction one, ChaosOptions options) =>
        one.What.Kind switch
        {
            Contradiction.FenceDisagrees => one is { Outcome: "Gone", HadAlarm: true, IsLogged: false },
            // With one attempt there is none left to make, and the timer that is armed decides.
            Contradiction.CommandLost when options.Attempts == 1 => one is { Outcome: "Gone" or "Repaired" },
            _ => one is { Outcome: "Repaired", IsLogged: true },
        };

    private static string Late(ReportedContradiction one) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{one.What.Kind} of saga {one.What.Saga}, planted at {one.What.PlantedAt:HH:mm:ss}: "
                + $"{(one.After is { } after ? $"reported after {after.TotalSeconds:0} s" : "not reported")}, "
                + $"{one.MissedRuns} runs missed it"
        );

    private static string Undone(ReportedContradiction one) =>
        $"{one.What.Kind} of saga {one.What.Saga}: {one.Outcome ?? "not reported"}, {(one.IsLogged ? "a" : "no")} repair in the log, "
        + $"{(one.HadAlarm ? "an" : "no")} alarm";
}
