using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Tests.Scenarios;

/// <summary>
/// A saga told as a story:
/// <code>SagaScenario.Of(plan).Given(Done(Reserve)).When(Rejected(Pay)).Then(Compensates(Reserve));</code>
/// </summary>
internal sealed class SagaScenario
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SagaPlan plan;
    private Decided last;

    private SagaScenario(SagaPlan plan)
    {
        this.plan = plan;
        Now = Beginning;
        last = new Decided(SagaProgress.New(Guid.Parse("11111111-2222-3333-4444-555555555555"), plan, Beginning), []);
        Apply(new Begin());
    }

    public DateTimeOffset Now { get; private set; }

    public SagaProgress Progress => last.Progress;

    public IEnumerable<Decision> Decisions => last.Decisions;

    public IEnumerable<HistoryEntry> History => last.Decisions.OfType<Record>().Select(record => record.Entry);

    public static SagaScenario Of(SagaPlan plan) => new(plan);

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

    public Guid CommandId(string step, Direction direction) => SagaIds.OfCommand(Progress.SagaId, step, direction);

    public void PassTimeUntil(DateTimeOffset time) => Now = time > Now ? time : Now;

    private void Apply(SagaInput input) => last = SagaDecider.Decide(plan, last.Progress, input, Now, jitter: 0);
}

/// <summary>Something that happens to the saga of a scenario.</summary>
internal delegate SagaInput Happening(SagaScenario scenario);
