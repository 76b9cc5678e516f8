using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;

namespace SagaOrchestrator.Decisions.Tests.Scenarios;

/// <summary>
/// A saga told as a story:
/// <code>SagaScenario.Of(plan).Given(Done(Reserve)).When(Rejected(Pay)).Then(Compensates(Reserve));</code>
/// </summary>
internal sealed class SagaScenario
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PlanDefinition plan;
    private Decided last;

    private static readonly Guid Saga = Guid.Parse("11111111-2222-3333-4444-555555555555");
    private static readonly Guid CommandKey = Guid.Parse("66666666-7777-8888-9999-000000000000");
    private readonly Func<string, bool> applies;
    private readonly Dictionary<string, Absence> absences = [];
    private (string Step, Direction Direction)? unmakeable;

    private SagaScenario(PlanDefinition plan, Func<string, bool> applies)
    {
        this.plan = plan;
        this.applies = applies;
        Now = Beginning;
        last = new Decided(SagaProgress.New(Saga, CommandKey, plan, Beginning), []);
    }

    public DateTimeOffset Now { get; private set; }

    public SagaProgress Progress => last.Progress;

    public IEnumerable<Decision> Decisions => last.Decisions;

    public IEnumerable<HistoryEntry> History => last.Decisions.OfType<Record>().Select(record => record.Entry);

    public PlanDefinition Plan => plan;

    /// <summary>A saga that has begun.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="applies">The conditions of its conditional steps; all hold when it is left out.</param>
    public static SagaScenario Of(PlanDefinition plan, Func<string, bool>? applies = null) =>
        Accepted(plan, applies).When(_ => new Begin());

    /// <summary>A saga that is accepted and has not begun.</summary>
    public static SagaScenario Accepted(PlanDefinition plan, Func<string, bool>? applies = null) => new(plan, applies ?? (_ => true));

    public SagaScenario Given(params Happening[] happenings) => When(happenings);

    public SagaScenario When(params Happening[] happenings)
    {
        foreach (var happening in happenings)
        {
            Apply(happening(this));
        }

        return this;
    }

    public SagaScenario Then(params Action<SagaScenario>[] expectations)
    {
        foreach (var expectation in expectations)
        {
            expectation(this);
        }

        return this;
    }

    /// <summary>From now on this participant is known to be absent.</summary>
    public SagaScenario Absent(string participant, AbsenceKind kind = AbsenceKind.Away)
    {
        absences[participant] = new Absence(kind, Now, "Its queue has no consumer.");
        return this;
    }

    /// <summary>From now on all participants are there.</summary>
    public SagaScenario AllBack()
    {
        absences.Clear();
        return this;
    }

    /// <summary>From now on the plan can make no command for this step and direction.</summary>
    public SagaScenario CommandFailure(string step, Direction direction)
    {
        unmakeable = (step, direction);
        return this;
    }

    /// <summary>From now on it can make all of them again.</summary>
    public SagaScenario Mended()
    {
        unmakeable = null;
        return this;
    }

    public Guid CommandId(string step, Direction direction) => Progress.CommandId(step, direction);

    public void PassTimeUntil(DateTimeOffset time) => Now = time > Now ? time : Now;

    private void Apply(SagaInput input) =>
        last = SagaDecider.Decide(
            plan,
            last.Progress,
            input,
            new DecisionContext(
                Now,
                Jitter: 0,
                (step, _) => applies(step),
                CommandFailure: (step, direction) =>
                    unmakeable == (step, direction) ? new Failure(step, Failure.PlanFailed, "It throws.") : null,
                AbsenceOf: absences.GetValueOrDefault
            )
        );
}

/// <summary>Something that happens to the saga of a scenario.</summary>
internal delegate SagaInput Happening(SagaScenario scenario);
