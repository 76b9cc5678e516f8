using System.Globalization;
using System.Text.Json.Nodes;
using SagaOrchestrator.Chaos.Nodes;
using SagaOrchestrator.Chaos.Nodes.Served.Errands;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Draws the messages of each kind of flood, all from the seed.</summary>
internal sealed class FloodDraw(int seed, int size)
{
    /// <summary>How many messages of the requeues' flood are for one saga.</summary>
    public const int ForOneSaga = 10;

    private const int Suspect = 4;
    private const int Killer = 18;
    private const string Completed = "SagaOrchestrator.Messages:SagaStepCompleted";
    private const string Signal = "SagaOrchestrator.Messages:SagaSignal";
    private const string Errands = "SagaOrchestrator.Chaos.Nodes.Served.Errands:";

    private readonly Random random = new(seed);

    /// <summary>Replies and signals, in turn, for sagas that do not exist.</summary>
    public IReadOnlyList<FloodMessage> Orphans() =>
        [
            .. Enumerable
                .Range(0, size)
                .Select(number => new FloodMessage(
                    Id(),
                    Queues.Orchestrator,
                    number % 2 == 0 ? Completed : Signal,
                    number % 2 == 0
                        ? new JsonObject
                        {
                            ["sagaId"] = Id().ToString(),
                            ["step"] = "reserve_inventory",
                            ["commandId"] = Id().ToString(),
                            ["attempt"] = 1,
                        }
                        : Go(Id()),
                    "orphan"
                )),
        ];

    /// <summary>
    /// Signals for sagas of a version that only the next build knows. The first one that each gets lets it go; the others change nothing.
    /// </summary>
    public IReadOnlyList<FloodMessage> Requeues(IReadOnlyList<Guid> sagas) =>
        [
            .. Enumerable
                .Range(0, size)
                .Select(number => new FloodMessage(Id(), Queues.Orchestrator, Signal, Go(sagas[number % sagas.Count]))),
        ];

    /// <summary>Starts of errands.</summary>
    public IReadOnlyList<FloodMessage> Starts(string name) =>
        [
            .. Enumerable
                .Range(0, size)
                .Select(number => new FloodMessage(
                    Id(),
                    Queues.Orchestrator,
                    Errands + nameof(StartErrand),
                    new JsonObject { ["errandId"] = string.Create(CultureInfo.InvariantCulture, $"{name}-{seed}-{number}") }
                )),
        ];

    /// <summary>
    /// For every queue in turn, messages that have come back four times. One in five fails six times more on each node, for what passes.
    /// One in twenty has come back as often as any may.
    /// </summary>
    public IReadOnlyList<FloodMessage> Suspects()
    {
        string[] queues = [.. ProductNodes.Services, Queues.Orchestrator];
        return
        [
            .. Enumerable
                .Range(0, size)
                .Select(number =>
                {
                    var fate = random.Next(20);
                    return new FloodMessage(
                        Id(),
                        queues[number % queues.Length],
                        Errands + nameof(ComesBack),
                        new JsonObject { ["times"] = fate is > 0 and < 5 ? 6 : 0 },
                        fate == 0 ? "delivery-limit" : null
                    )
                    {
                        Redeliveries = fate == 0 ? Killer : Suspect,
                    };
                }),
        ];
    }

    private JsonObject Go(Guid saga) =>
        new()
        {
            ["sagaId"] = saga.ToString(),
            ["signalId"] = Id().ToString(),
            ["name"] = NextErrandPlan.Signal,
        };

    private Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
