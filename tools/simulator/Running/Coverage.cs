using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Transitions;
using SagaOrchestrator.Simulator.Worlds;

namespace SagaOrchestrator.Simulator.Running;

/// <summary>Which inputs met which situations, and which faults struck at which boundaries, how often.</summary>
internal sealed class Coverage
{
    public const int Orchestrator = 0;
    public const int Participant = 1;
    public const int Sweeper = 2;

    private const int Boundaries = 8;

    private readonly Dictionary<(Situation, Type, bool), long> met = [];
    private readonly long[] crossed = new long[3 * Boundaries * 2];

    public void Meet(PlanDefinition plan, SagaProgress progress, SagaInput input)
    {
        var variant = input is TimerFired { Timer: SagaTimer.Deadline } or SignalReceived { DeclineCode: not null };
        var key = (Situation.Of(plan, progress, Situation.SubjectOf(progress, input)), input.GetType(), variant);
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(met, key, out _)++;
    }

    public void Cross(int side, Boundary boundary, bool redelivered) =>
        crossed[(((side * Boundaries) + (int)boundary) * 2) + (redelivered ? 1 : 0)]++;

    public void Sweep(Boundary boundary) => Cross(Sweeper, boundary, redelivered: false);

    public void Add(Coverage other)
    {
        foreach (var (key, count) in other.met)
        {
            met[key] = met.GetValueOrDefault(key) + count;
        }

        for (var index = 0; index < crossed.Length; index++)
        {
            crossed[index] += other.crossed[index];
        }
    }

    /// <summary>
    /// Every pair of situation and input that the decider can meet, and how often it did. A paused saga does with a step that is through
    /// what any other does, so that is not asked for.
    /// </summary>
    public IReadOnlyList<(string Pair, long Count)> Pairs() =>
        [
            .. Walk.All()
                .Select(visit =>
                    (
                        visit.Situation,
                        Type: visit.Input.GetType(),
                        Variant: visit.Input is TimerFired { Timer: SagaTimer.Deadline } or SignalReceived { DeclineCode: not null }
                    )
                )
                .Where(key => !key.Situation.Paused || key.Situation.Wait != Wait.None)
                .Distinct()
                .Select(key =>
                    (
                        $"{key.Situation}{(key.Situation.Kind is { } kind ? $" ({kind})" : string.Empty)}: "
                            + $"{key.Type.Name}{(key.Variant ? " (deadline or declined)" : string.Empty)}",
                        met.GetValueOrDefault(key)
                    )
                ),
        ];

    /// <summary>Every boundary on each side, for first and redelivered messages, and how often a fault struck there.</summary>
    public IReadOnlyList<(string Place, long Count)> Faults()
    {
        var places = new List<(string, long)>();
        foreach (var (side, name) in new[] { (Orchestrator, "orchestrator"), (Participant, "participant") })
        {
            foreach (var boundary in Enum.GetValues<Boundary>().Where(boundary => side == Orchestrator || boundary != Boundary.StaleRead))
            {
                places.Add(($"{name}, {boundary}, first delivery", Crossed(side, boundary, 0)));
                places.Add(($"{name}, {boundary}, redelivery", Crossed(side, boundary, 1)));
            }
        }

        places.AddRange(
            new[] { Boundary.None, Boundary.PublishLost, Boundary.ConfirmLost }.Select(boundary =>
                ($"sweeper, {boundary}", Crossed(Sweeper, boundary, 0))
            )
        );
        return places;
    }

    private long Crossed(int side, Boundary boundary, int redelivered) =>
        crossed[(((side * Boundaries) + (int)boundary) * 2) + redelivered];
}
