using SagaOrchestrator.Chaos.Audits;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>What a run has shown.</summary>
/// <param name="Options">What it was.</param>
/// <param name="Checks">The rules, each with what broke it.</param>
/// <param name="Kills">Every SIGKILL.</param>
/// <param name="Progress">How long after each of them the next progress of any saga was seen.</param>
/// <param name="Strikes">How often each fault struck.</param>
/// <param name="Accepted">How many sagas of the client were accepted.</param>
/// <param name="Refusals">How many starts were answered with 429 or 503 first.</param>
/// <param name="Copies">How many messages were sent a second time.</param>
/// <param name="Poison">How many messages were sent that nobody can handle.</param>
/// <param name="Ended">How often a process of the product ended by itself.</param>
/// <param name="ToRest">How long after the last fault everything was at rest.</param>
/// <param name="States">How the sagas ended.</param>
/// <param name="Calm">How many sagas ended in a second before the first fault; 0 when that was not asked.</param>
/// <param name="Storm">The same while faults struck.</param>
/// <param name="Contradictions">What was planted for the auditor, and what became of it.</param>
internal sealed record ChaosResults(
    ChaosOptions Options,
    IReadOnlyList<CheckResult> Checks,
    IReadOnlyList<KillEntry> Kills,
    IReadOnlyList<(KillEntry Kill, TimeSpan? After)> Progress,
    IReadOnlyDictionary<string, int> Strikes,
    int Accepted,
    int Refusals,
    int Copies,
    int Poison,
    int Ended,
    TimeSpan ToRest,
    IReadOnlyDictionary<string, long> States,
    double Calm,
    double Storm,
    IReadOnlyList<ReportedContradiction> Contradictions
)
{
    /// <summary>Of a run that the driver could not bring to its end, which shows nothing but that.</summary>
    public static ChaosResults Unfinished(ChaosOptions options, Exception why) =>
        new(
            options,
            [new CheckResult("the run comes to its end", [why.ToString()])],
            [],
            [],
            new Dictionary<string, int>(StringComparer.Ordinal),
            0,
            0,
            0,
            0,
            0,
            TimeSpan.Zero,
            new Dictionary<string, long>(StringComparer.Ordinal),
            0,
            0,
            []
        );

    public int Violations => Checks.Sum(check => check.Findings.Count);
}
