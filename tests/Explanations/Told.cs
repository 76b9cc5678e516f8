using SagaOrchestrator.Decisions.Transitions;

namespace SagaOrchestrator.Explanations.Tests;

/// <summary>A story with its history, explained.</summary>
internal sealed class Told
{
    private readonly SagaScenario scenario;
    private readonly List<PastEvent> history = [];
    private readonly DateTimeOffset startedAt;

    private Told(SagaScenario scenario)
    {
        this.scenario = scenario;
        startedAt = scenario.Now;
        Note(new HistoryEntry(HistoryTypes.SagaStarted));
    }

    /// <summary>Every step of the decider's walk, which is long: it is walked once.</summary>
    public static IReadOnlyList<Visit> Visits { get; } = [.. Walk.All()];

    public SagaScenario Scenario => scenario;

    public IReadOnlyList<PastEvent> History => history;

    /// <summary>A saga that has begun.</summary>
    public static Told Of(PlanDefinition plan) => new Told(SagaScenario.Accepted(plan)).When(_ => new Begin());

    public static Told Accepted(PlanDefinition plan) => new(SagaScenario.Accepted(plan));

    public Told When(params Happening[] happenings)
    {
        foreach (var happening in happenings)
        {
            scenario.When(happening);
            foreach (var entry in scenario.History.ToArray())
            {
                Note(entry);
            }
        }

        return this;
    }

    /// <summary>Some time passes, in which nothing happens.</summary>
    public Told Later(TimeSpan time)
    {
        scenario.PassTimeUntil(scenario.Now + time);
        return this;
    }

    public SagaExplanation Explained(params ParticipantFacts[] participants) => SagaExplainer.Explain(Facts(participants));

    public SagaFacts Facts(params ParticipantFacts[] participants) =>
        new(scenario.Plan, scenario.Progress, scenario.Now)
        {
            BusinessKey = "10248",
            StartedAt = startedAt,
            EndedAt = scenario.Progress.HasEnded ? scenario.Now : null,
            History = history,
            Participants = participants.ToDictionary(participant => participant.Name),
        };

    private void Note(HistoryEntry entry) => history.Add(new PastEvent(history.Count + 1, scenario.Now, null, entry));
}
