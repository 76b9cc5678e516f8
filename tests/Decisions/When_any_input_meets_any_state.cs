using SagaOrchestrator.Decisions.Inputs;

namespace SagaOrchestrator.Decisions.Tests;

/// <summary>Walks every short story of a two-step saga and gives every input to every state that it meets.</summary>
public sealed class When_any_input_meets_any_state
{
    private static readonly Plans.SagaPlan Plan = new("short", 1,
    [
        new("first", "a", TimeSpan.FromSeconds(1), new(2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), new(2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), true),
        new("second", "b", TimeSpan.FromSeconds(1), new(1, TimeSpan.Zero, TimeSpan.Zero), new(1, TimeSpan.Zero, TimeSpan.Zero), true),
    ]);

    [Test]
    [Property("Rule", "S13")]
    public void Should_decide_without_an_exception_and_keep_the_saga_whole()
    {
        var seen = new HashSet<string>();
        var states = new HashSet<SagaState>();
        var open = new Queue<SagaProgress>([SagaProgress.New(Guid.Parse("11111111-2222-3333-4444-555555555555"), Plan, default)]);
        while (open.TryDequeue(out var progress))
        {
            states.Add(progress.State);
            foreach (var input in Inputs(progress))
            {
                var decided = SagaDecider.Decide(Plan, progress, input, progress.NextTimer?.DueAt ?? default, 0);
                Check(progress, input, decided);
                if (seen.Add(Key(decided.Progress)))
                {
                    open.Enqueue(decided.Progress);
                }
            }
        }

        states.ShouldBe(Enum.GetValues<SagaState>(), ignoreOrder: true);
        seen.Count.ShouldBeGreaterThan(40);
    }

    private static void Check(SagaProgress before, SagaInput input, Decided decided)
    {
        var after = decided.Progress;
        var story = $"{input} in {Key(before)}";
        after.Steps.Count(step => step.Wait != Wait.None).ShouldBeLessThanOrEqualTo(1, story);
        (after.HasEnded && after.NextTimer is not null).ShouldBeFalse(story);
        (after.State is SagaState.Started or SagaState.Pending or SagaState.Compensating && after.NextTimer is null).ShouldBeFalse($"It would hang: {story}");
        before.HasEnded.ShouldBe(before.HasEnded && after.State == before.State, story);
        if (after.State == SagaState.Failed)
        {
            after.Steps.ShouldAllBe(step => step.State != StepState.Completed && step.State != StepState.Unknown, story);
        }

        if (after.State == SagaState.Completed)
        {
            after.Steps.ShouldAllBe(step => step.State == StepState.Completed, story);
        }
    }

    private static IEnumerable<SagaInput> Inputs(SagaProgress progress)
    {
        yield return new Begin();
        if (progress.NextTimer is { } timer)
        {
            yield return new TimerFired(timer.Name);
        }

        foreach (var step in new[] { "first", "second", "unheard_of" })
        {
            yield return new TimerFired($"{step}/do/1/reply");
            var execute = Ids.SagaIds.OfCommand(progress.SagaId, step, Direction.Do);
            var undo = Ids.SagaIds.OfCommand(progress.SagaId, step, Direction.Undo);
            foreach (var attempt in new[] { 1, 2 })
            {
                yield return new StepSucceeded(step, execute, attempt);
                yield return new StepRejected(step, execute, attempt, "code", "reason");
                yield return new StepFaulted(step, execute, attempt, "code", "reason");
                yield return new CompensationSucceeded(step, undo, attempt);
                yield return new CompensationFailed(step, undo, attempt, "code", "reason");
                yield return new StepSucceeded(step, undo, attempt);
            }
        }
    }

    private static string Key(SagaProgress progress) =>
        $"{progress.State}: {string.Join(", ", progress.Steps.Select(step => $"{step.Name} {step.State} {step.Attempt}/{step.UndoAttempt} {step.Wait}"))}";
}
