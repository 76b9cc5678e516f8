using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;

namespace SagaOrchestrator.Explanations.Trying;

/// <summary>
/// A saga that is led on without anything being done, by the decider: every participant is there, every condition holds. It can be led on
/// only so often, so that an explanation costs little whatever a plan says.
/// </summary>
internal sealed class Trial(PlanDefinition plan, SagaProgress progress, DateTimeOffset now, int most)
{
    // A wait of a trial is as long as it can be.
    private const double Jitter = 1;

    private int left = most;

    /// <summary>A paused one is looked at as if it went on.</summary>
    public SagaProgress Progress { get; private set; } = progress with { Pause = null };

    public DateTimeOffset Now { get; private set; } = now;

    /// <summary>Whether it has been led on as often as it may.</summary>
    public bool IsExhausted => left <= 0;

    public int Left => left;

    public SagaTimer? NextTimer => Progress.NextTimer;

    /// <summary>What would follow, without going there.</summary>
    public Decided Look(SagaInput input)
    {
        left--;
        return SagaDecider.Decide(plan, Progress, input, new DecisionContext(Now, Jitter, (_, _) => true));
    }

    /// <summary>Goes on. False when the input changes nothing.</summary>
    public bool Take(SagaInput input) => Take(Look(input));

    public bool Take(Decided decided)
    {
        var changed = !ReferenceEquals(decided.Progress, Progress);
        Progress = decided.Progress;
        return changed;
    }

    /// <summary>Lets time pass until the timer fires. A due time before now is now.</summary>
    public void PassUntil(SagaTimer timer) => Now = timer.DueAt > Now ? timer.DueAt : Now;
}
