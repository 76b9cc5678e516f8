using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Audit;
using SagaOrchestrator.Engine.Audit.Rules;

namespace SagaOrchestrator.Tests.Audit;

public sealed class When_a_row_is_judged
{
    private static readonly AuditedSaga Waiting = Audited.Waiting;

    [Test]
    public void Should_find_nothing_when_all_agree()
    {
        Kinds(Waiting).ShouldBeEmpty();
        Kinds(Audited.Completed).ShouldBeEmpty();
    }

    [Test]
    [Property("Rule", "S26")]
    public void Should_find_a_timer_that_is_not_armed_as_the_document_says()
    {
        Kinds(Waiting with { WakeAt = null }).ShouldBe([FindingKinds.TimerMissing]);
        Kinds(Waiting with { WakeAt = Waiting.WakeAt!.Value.AddSeconds(1) }).ShouldBe([FindingKinds.TimerWrong]);
        Kinds(Waiting with { WakeFor = "ship/do/1/reply" }).ShouldBe([FindingKinds.TimerWrong]);
        Kinds(Audited.Completed with { WakeAt = Audited.Now }).ShouldBe([FindingKinds.TimerWrong]);
    }

    [Test]
    public void Should_not_mind_what_a_column_cannot_keep() =>
        Kinds(Waiting with { WakeAt = Waiting.WakeAt!.Value.AddTicks(9) }).ShouldBeEmpty();

    [Test]
    public void Should_find_a_timer_at_which_nobody_looks()
    {
        Kinds(Waiting with { WakeCheckAt = null }).ShouldBe([FindingKinds.TimerUnseen]);
        Kinds(Waiting with { WakeCheckAt = Waiting.WakeAt!.Value.AddMinutes(2) }).ShouldBe([FindingKinds.TimerUnseen]);
        Kinds(Waiting with { WakeCheckAt = Audited.Now.AddMinutes(-9) }).ShouldBeEmpty("it is looked at early");
    }

    [Test]
    public void Should_find_a_timer_of_which_nothing_comes()
    {
        var overdue = Waiting.With(step => step with { DueAt = Audited.Now.AddMinutes(-6) });
        Kinds(overdue with { WakeCheckAt = Audited.Now.AddSeconds(30) }).ShouldBe([FindingKinds.TimerOverdue]);
        Kinds(Waiting.With(step => step with { DueAt = Audited.Now.AddMinutes(-1) })).ShouldBeEmpty();
    }

    [Test]
    public void Should_find_columns_that_say_something_else()
    {
        Kinds(Waiting with { State = "Completed" }).ShouldBe([FindingKinds.StateContradicts]);
        Kinds(Waiting with { EndedAt = Audited.Now }).ShouldBe([FindingKinds.EndContradicts]);
        Kinds(Audited.Completed with { EndedAt = null }).ShouldBe([FindingKinds.EndContradicts]);
        Kinds(Waiting with { Undoing = "payments" }).ShouldBe([FindingKinds.UndoingContradicts]);
    }

    [Test]
    public void Should_know_who_undoes()
    {
        var undoing = Waiting.With(step => step with { State = StepState.Compensating, UndoAttempt = 1 });
        Kinds(undoing).ShouldBe([FindingKinds.UndoingContradicts]);
        Kinds(undoing with { Undoing = "payments" }).ShouldBeEmpty();
        RowRules.Of(undoing, plan: null).ShouldBeEmpty("without its plan nobody knows");
    }

    [Test]
    public void Should_leave_what_nobody_can_repair()
    {
        Left(Waiting with { Progress = null }).ShouldBe([FindingKinds.DocumentUnreadable]);
        Left(Waiting with { LastEntry = 3 }).ShouldBe([FindingKinds.HistoryGap]);
        Left(Waiting with { LastEntry = null }).ShouldBe([FindingKinds.HistoryGap]);
    }

    private static IEnumerable<string> Kinds(AuditedSaga saga) => RowRules.Of(saga, Audited.Plan).Select(finding => finding.Kind);

    private static IEnumerable<string> Left(AuditedSaga saga)
    {
        var findings = RowRules.Of(saga, Audited.Plan).ToList();
        findings.ShouldAllBe(finding => finding.Repair == Repair.None);
        return findings.Select(finding => finding.Kind);
    }
}
