using SagaOrchestrator.Chaos.Audits;
using SagaOrchestrator.Chaos.Checks;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Tests;

/// <summary>What the driver planted, beside what the auditor reported of it.</summary>
internal sealed class When_the_auditor_is_judged
{
    private static readonly ReportedContradiction Timer = Reported(Contradiction.TimerMissing, "Repaired", isLogged: true);
    private static readonly ReportedContradiction Command = Reported(Contradiction.CommandLost, "Repaired", isLogged: true);
    private static readonly ReportedContradiction Fence = Reported(Contradiction.FenceDisagrees, "Gone", hadAlarm: true);

    [Test]
    public void Should_find_nothing_when_each_was_reported_in_time() => Findings(Timer, Command, Fence).ShouldBeEmpty();

    [Test]
    public void Should_demand_each_kind() =>
        Findings(Timer, Fence).ShouldHaveSingleItem().ShouldContain("none was planted that stood until a run");

    [Test]
    public void Should_demand_a_report() =>
        Findings(Timer with { Outcome = null, After = null, IsLogged = false }, Command, Fence)
            .ShouldBe([
                $"timer-missing of saga {Guid.Empty}, planted at 00:00:00: not reported, 0 runs missed it",
                $"timer-missing of saga {Guid.Empty}: not reported, no repair in the log, no alarm",
            ]);

    [TestCase(5, 0)]
    [TestCase(6, 1)]
    public void Should_count_a_minute_in_runs(int missed, int findings) =>
        Findings(Timer, Command with { MissedRuns = missed }, Fence).Count.ShouldBe(findings);

    [Test]
    public void Should_not_count_the_time_in_which_nobody_could_audit() =>
        Findings(Timer, Command with { After = TimeSpan.FromMinutes(10) }, Fence).ShouldBeEmpty();

    [Test]
    public void Should_demand_a_repair_that_the_operators_log_has() =>
        Findings(Timer with { IsLogged = false }, Command with { Outcome = "Gone" }, Fence).Count.ShouldBe(2);

    [Test]
    public void Should_demand_that_a_fence_is_left_alone_and_told_of()
    {
        Findings(Timer, Command, Fence with { IsLogged = true }).Count.ShouldBe(1);
        Findings(Timer, Command, Fence with { HadAlarm = false }).Count.ShouldBe(1);
        Findings(Timer, Command, Fence with { Outcome = "Standing" }).Count.ShouldBe(1);
    }

    [Test]
    public void Should_let_the_timer_decide_where_no_attempt_is_left() =>
        Findings(Options with { Attempts = 1 }, Timer, Command with { Outcome = "Gone", IsLogged = false }, Fence).ShouldBeEmpty();

    private static readonly ChaosOptions Options = new()
    {
        Minutes = 1,
        Sagas = 1,
        Seed = 1,
        PortBase = 1,
        Root = string.Empty,
        Data = string.Empty,
        OrchestratorDll = string.Empty,
        ParticipantsDll = string.Empty,
        Logs = string.Empty,
    };

    private static IReadOnlyList<string> Findings(params ReportedContradiction[] planted) => Findings(Options, planted);

    private static IReadOnlyList<string> Findings(ChaosOptions options, params ReportedContradiction[] planted) =>
        [.. AuditCheck.Of(planted, options).SelectMany(check => check.Findings)];

    private static ReportedContradiction Reported(string kind, string outcome, bool isLogged = false, bool hadAlarm = false) =>
        new(
            new Contradiction(kind, Guid.Empty, DateTimeOffset.UnixEpoch),
            outcome,
            TimeSpan.FromSeconds(7),
            MissedRuns: 0,
            isLogged,
            hadAlarm
        );
}
