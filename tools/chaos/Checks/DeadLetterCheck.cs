using System.Text.Json;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Chaos.Nodes;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Checks;

/// <summary>
/// Takes the dead letters out of their queues: they must be the poison that was sent, each with its reason, and nothing else.
/// </summary>
internal static class DeadLetterCheck
{
    private const int Batch = 500;

    // What kills its consumer does so eighteen times, and each time it is started again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task<IReadOnlyList<CheckResult>> Run(BrokerCluster broker, Poisoner poisoner)
    {
        var letters = new List<DeadLetter>();
        var queues = ProductNodes.Services.Append("orchestrator").Select(queue => queue + ".dead-letter").Append("unrouted").ToArray();
        await Wait.Until(
            async () =>
            {
                foreach (var queue in queues)
                {
                    letters.AddRange((await broker.Read(queue, Batch, take: true)).Select(message => DeadLetter.Of(queue, message)));
                }

                return poisoner.Confirmed.Except(Marks(letters), StringComparer.Ordinal).Any() is false;
            },
            Patience
        );
        var onTheWay = new List<string>();
        foreach (var queue in ProductNodes.Services.Append("orchestrator").Select(Queues.IncomingDeadLetterOf))
        {
            await Wait.Until(async () => (await broker.Read(queue, 1, take: false)).Count == 0, Patience);
            onTheWay.AddRange(
                (await broker.Read(queue, Batch, take: false)).Select(message => $"{queue}: {message.GetProperty("payload").GetString()}")
            );
        }

        return
        [
            new CheckResult("no dead letter waits for its reason", onTheWay),
            new CheckResult(
                "no message that could be handled is a dead letter",
                [
                    .. letters
                        .Where(letter => letter.Mark is null || !poisoner.Sent.Contains(letter.Mark))
                        .Select(letter => letter.ToString()),
                ]
            ),
            new CheckResult(
                "every message that cannot be handled is a dead letter",
                [
                    .. poisoner
                        .Confirmed.Except(Marks(letters), StringComparer.Ordinal)
                        .Select(mark => $"poison {mark} is in no dead-letter queue"),
                ]
            ),
            new CheckResult(
                "every dead letter has its reason",
                [.. letters.Where(letter => letter.Reason is null).Select(letter => letter.ToString())]
            ),
        ];
    }

    private static IEnumerable<string> Marks(IEnumerable<DeadLetter> letters) => letters.Select(letter => letter.Mark).OfType<string>();

    private sealed record DeadLetter(string Queue, string? Mark, string? Reason, string Payload)
    {
        public static DeadLetter Of(string queue, JsonElement message)
        {
            var properties = message.GetProperty("properties");
            string? Header(string name) =>
                properties.ValueKind == JsonValueKind.Object
                && properties.TryGetProperty("headers", out var headers)
                && headers.TryGetProperty(name, out var value)
                    ? value.ToString()
                    : null;
            return new DeadLetter(
                queue,
                Header(Poisoner.Header),
                Header(SagaHeaders.DeadLetterReason),
                message.GetProperty("payload").GetString()!
            );
        }

        public override string ToString() => $"{Queue}: {Reason ?? "no reason"}: {Payload[..Math.Min(Payload.Length, 300)]}";
    }
}
