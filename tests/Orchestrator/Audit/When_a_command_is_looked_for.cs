using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Audit.Rules;

namespace SagaOrchestrator.Tests.Audit;

public sealed class When_a_command_is_looked_for
{
    private static readonly Whereabouts Nowhere = new(false, false, false, false, FenceRow.Nothing);

    private static readonly AuditedSaga Overdue = Audited.Waiting.With(step => step with { DueAt = Audited.Now.AddMinutes(-3) });

    [Test]
    public void Should_look_for_what_is_on_its_way_for_long()
    {
        var command = Awaited(Overdue).Single();
        var id = Overdue.Progress!.CommandId("pay", Direction.Do);
        (command.Step.Name, command.MessageId).ShouldBe(("pay", SagaIds.OfMessage(id, 1)));
        Awaited(Overdue with { UpdatedAt = Audited.Now.AddMinutes(-1) }).ShouldBeEmpty("it has just been sent");
        Awaited(Overdue.With(step => step with { DueAt = Audited.Now.AddSeconds(-5) })).ShouldBeEmpty("its timer acts now");
        Awaited(Overdue.With(step => step with { Wait = Wait.Retry })).ShouldBeEmpty("it is not sent");
        Awaited(Audited.Completed).ShouldBeEmpty();
    }

    [Test]
    public void Should_leave_what_a_participant_may_be_at_work_on() =>
        Awaited(Audited.Waiting).ShouldBeEmpty("no queue counts it, no fence has it, and its timer decides in five minutes");

    [Test]
    [Property("Rule", "S38")]
    public void Should_not_look_for_what_was_sent_into_an_outage() =>
        Awaited(Overdue.With(step => step with { Absence = new Absence(AbsenceKind.Away, Audited.Now, "why") })).ShouldBeEmpty();

    [Test]
    public void Should_find_what_is_nowhere()
    {
        var found = Find(Overdue, Nowhere)!;
        (found.Step, found.Repair).ShouldBe(("pay", Repair.Timer));
    }

    [Test]
    public void Should_find_nothing_that_may_be_somewhere()
    {
        Find(Overdue, Nowhere with { InOutbox = true }).ShouldBeNull();
        Find(Overdue, Nowhere with { InQueue = true }).ShouldBeNull();
        Find(Overdue, Nowhere with { Waits = true }).ShouldBeNull();
        Find(Overdue, Nowhere with { IsDeadLetter = true }).ShouldBeNull();
        Find(Overdue, Nowhere with { Fence = new FenceRow("deferred", "none") }).ShouldBeNull("the participant is at work");
        Find(Overdue, Nowhere with { Fence = new FenceRow("completed", "none") }).ShouldBeNull("its answer is on its way");
    }

    [Test]
    public void Should_look_at_the_undoing_for_a_compensation()
    {
        var undoing = Overdue.With(step => step with { State = StepState.Compensating, UndoAttempt = 1 });
        Find(undoing, Nowhere with { Fence = new FenceRow("completed", "none") }).ShouldNotBeNull();
        Find(undoing, Nowhere with { Fence = new FenceRow("none", "completed") }).ShouldBeNull();
    }

    [Test]
    public void Should_leave_the_last_attempt_to_its_own_timer() =>
        Find(Overdue.With(step => step with { Attempt = 2 }), Nowhere)!.Repair.ShouldBe(Repair.None);

    [Test]
    public void Should_leave_what_would_be_given_up_at_once()
    {
        var plan = new PlanDefinition("order", 1, Audited.Plan.Steps.Select(step => step with { AfterUnknown = AfterUnknown.Compensate }));
        var command = CommandRules.Awaited(Overdue, plan, TimeSpan.FromMinutes(2)).Single();
        CommandRules.Of(command, Nowhere)!.Repair.ShouldBe(Repair.None);
    }

    private static IEnumerable<AwaitedCommand> Awaited(AuditedSaga saga) =>
        CommandRules.Awaited(saga, Audited.Plan, TimeSpan.FromMinutes(2));

    private static Finding? Find(AuditedSaga saga, Whereabouts where) => CommandRules.Of(Awaited(saga).Single(), where);
}
