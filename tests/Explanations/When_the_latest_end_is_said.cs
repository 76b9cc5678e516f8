using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Transitions;

namespace SagaOrchestrator.Explanations.Tests;

/// <summary>Sagas that run anyhow, with answers of every kind and at any moment, are held to what was said of their end.</summary>
public sealed class When_the_latest_end_is_said
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Should_have_ended_or_parked_by_then_however_it_goes([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        foreach (var plan in Walk.Plans.Append(Instance).Append(Parallel()).Append(WithPivot(AfterUnknown.Enquire)))
        {
            var progress = SagaProgress.New(
                Guid.Parse("11111111-2222-3333-4444-555555555555"),
                commandKey: Guid.NewGuid(),
                plan,
                Beginning
            );
            var now = Beginning;
            var latest = new List<DateTimeOffset>();
            for (var turn = 0; turn < 500 && !progress.HasEnded && progress.State != SagaState.Parked; turn++)
            {
                latest.Add(SagaExplainer.Explain(new SagaFacts(plan, progress, now)).LatestEnd!.EndsOrParksBy!.Value);
                (progress, now) = GoOn(plan, progress, now, random);
            }

            (progress.HasEnded || progress.State == SagaState.Parked).ShouldBeTrue();
            latest.ShouldAllBe(end => now <= end, $"{plan.Type}, {now}: {string.Join(", ", latest)}");
        }
    }

    [Test]
    public void Should_be_as_late_as_the_slowest_way()
    {
        var plan = new PlanDefinition("one", 1, [Step("only", "somewhere", 1, attempts: 2, compensationAttempts: 1)]);
        var progress = SagaScenario.Of(plan).Progress;
        var latest = SagaExplainer.Explain(new SagaFacts(plan, progress, progress.NextTimer!.DueAt.AddSeconds(-30))).LatestEnd!;

        // Two attempts of 30 s and the second between them; nobody answers, so it is undone: 30 s more.
        (latest.EndsOrParksBy!.Value - progress.NextTimer.DueAt.AddSeconds(-30)).ShouldBe(TimeSpan.FromSeconds(91));
        latest.At.ShouldBeNull("its compensation can be parked");
    }

    [Test]
    public void Should_be_certain_when_nothing_can_be_parked()
    {
        var plan = new PlanDefinition(
            "check",
            1,
            [Step("check", "somewhere", 1) with { Kind = StepKind.NoEffect, HasCompensation = false }]
        );
        var told = Told.Of(plan);
        var latest = told.Explained().LatestEnd!;
        latest.At.ShouldBe(told.Scenario.Now.AddSeconds(61));
        latest.Sentence.ShouldStartWith("It ends by 2026-01-01 12:01:01Z (in 1 min 1 s) at the latest");
    }

    [Test]
    public void Should_not_be_said_when_there_are_too_many_attempts_to_try()
    {
        var plan = new PlanDefinition("patient", 1, [Step("only", "somewhere", 1, attempts: 1_000_000)]);
        var explained = Told.Of(plan).Explained();
        explained.LatestEnd!.EndsOrParksBy.ShouldBeNull();
        explained.WaitsFor.Single().OfAttempts.ShouldBeNull();
    }

    // The next timer fires, or before it something is answered.
    private static (SagaProgress Progress, DateTimeOffset Now) GoOn(
        PlanDefinition plan,
        SagaProgress progress,
        DateTimeOffset now,
        Random random
    )
    {
        var timer = progress.NextTimer!;
        var waiting = progress.Steps.Where(step => step.Wait is Wait.Reply or Wait.Enquiry or Wait.Signal).ToArray();
        var isLate = waiting.Length == 0 || random.Next(3) == 0;
        var at = isLate ? timer.DueAt : now + ((timer.DueAt - now) * random.NextDouble());
        var input = isLate ? new TimerFired(timer.Name) : Answer(plan, progress, waiting[random.Next(waiting.Length)], random);
        return (
            SagaDecider.Decide(plan, progress, input, new DecisionContext(at, random.NextDouble(), (_, _) => random.Next(2) == 0)).Progress,
            at
        );
    }

    private static SagaInput Answer(PlanDefinition plan, SagaProgress progress, StepProgress step, Random random)
    {
        if (plan.Find(step.Name)!.Signal is { } signal)
        {
            return new SignalReceived(Guid.NewGuid(), signal, random.Next(2) == 0 ? "no" : null);
        }

        var undo = progress.CommandId(step.Name, Direction.Undo);
        var execute = progress.CommandId(step.Name, Direction.Do);
        return step.State == StepState.Compensating
            ? random.Next(2) == 0
                ? new CompensationSucceeded(step.Name, undo, step.UndoAttempt)
                : new CompensationFailed(step.Name, undo, step.UndoAttempt, "code", "reason")
            : random.Next(4) switch
            {
                0 => new StepRejected(step.Name, execute, step.Attempt, "code", "reason"),
                1 => new StepFaulted(step.Name, execute, step.Attempt, "code", "reason"),
                _ => new StepSucceeded(step.Name, execute, step.Attempt),
            };
    }
}
