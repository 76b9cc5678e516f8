using System.Globalization;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>Messages that have come back several times, as those do that may be killing their consumer. These are harmless.</summary>
internal sealed record SuspectFlood() : Flood(Kind, Queues.Orchestrator, Fate.Handled)
{
    public const string Kind = "suspects";

    // From so many redeliveries on a message is one.
    private const int Redeliveries = 4;

    public override string Sender => EndedSagas.Participant;

    public override async Task<IReadOnlyList<FloodMessage>> Make(FloodStage stage, CancellationToken cancellationToken)
    {
        var sagas = await EndedSagas.Read(stage, cancellationToken);
        var messages = Many(stage.Options.Messages, Queue, sagas.Heartbeat);
        foreach (var message in messages)
        {
            message.Message.Properties.Headers = new Dictionary<string, object?>
            {
                [SagaHeaders.Redeliveries] = Redeliveries.ToString(CultureInfo.InvariantCulture),
            };
        }

        return messages;
    }
}
