using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Audit;
using SagaOrchestrator.Engine.Audit.Rules;

namespace SagaOrchestrator.Tests.Audit;

public sealed class When_a_wait_is_judged
{
    [TestCase(Wait.Reply)]
    [TestCase(Wait.Retry)]
    [TestCase(Wait.Enquiry)]
    public void Should_find_one_that_would_never_end(Wait wait) =>
        Found(Audited.Waiting.With(step => step with { Wait = wait, DueAt = null }))
            .ShouldBe([(FindingKinds.WaitWithoutTimer, Repair.Timer)]);

    [Test]
    public void Should_let_a_signal_be_waited_for_without_a_deadline() =>
        Found(Audited.Waiting.With(step => step with { Wait = Wait.Signal, DueAt = null })).ShouldBeEmpty();

    [Test]
    public void Should_leave_what_waits_for_somebody()
    {
        var endless = Audited.Waiting.With(step => step with { DueAt = null });
        Found(Held(endless, progress => progress with { Pause = new Pause(Audited.Now, "alice", "why") })).ShouldBeEmpty();
        Found(Held(endless, progress => progress with { State = SagaState.Parked })).ShouldBeEmpty();
        Found(Audited.Completed).ShouldBeEmpty();
    }

    [Test]
    public void Should_find_a_saga_in_which_nothing_waits() =>
        Found(Audited.Waiting.With(step => step with { Wait = Wait.None, DueAt = null }))
            .ShouldBe([(FindingKinds.StandsStill, Repair.None)]);

    [Test]
    public void Should_find_one_that_nothing_makes_begin()
    {
        var accepted = Audited.Of(SagaProgress.New(Guid.NewGuid(), Guid.NewGuid(), Audited.Plan, Audited.Now));
        Found(accepted).ShouldBeEmpty();
        Found(Held(accepted, progress => progress with { BeginDueAt = null })).ShouldBe([(FindingKinds.BeginLost, Repair.Begin)]);
    }

    [Test]
    public void Should_find_one_that_no_list_shows_as_it_is()
    {
        SummaryRules.Of(Audited.Waiting).ShouldBeEmpty();
        SummaryRules.Of(Audited.Waiting with { SummaryVersion = null }).Single().Kind.ShouldBe(FindingKinds.SummaryMissing);
        SummaryRules.Of(Audited.Waiting with { SummaryVersion = 2 }).Single().Kind.ShouldBe(FindingKinds.SummaryBehind);
        SummaryRules
            .Of(Audited.Waiting with { SummaryVersion = null, UpdatedAt = Audited.Now.AddSeconds(-5) })
            .ShouldBeEmpty("it may come");
    }

    private static AuditedSaga Held(AuditedSaga saga, Func<SagaProgress, SagaProgress> change) =>
        saga with
        {
            Progress = change(saga.Progress!),
        };

    private static IEnumerable<(string, Repair)> Found(AuditedSaga saga) =>
        WaitRules.Of(saga).Select(finding => (finding.Kind, finding.Repair));
}
