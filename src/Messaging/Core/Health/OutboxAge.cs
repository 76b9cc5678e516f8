using System.Globalization;
using SagaOrchestrator.Messaging.Commit;

namespace SagaOrchestrator.Messaging.Health;

/// <summary>Checks whether messages stay in the outbox. In a calm system they are there for milliseconds.</summary>
internal sealed class OutboxAge(IOutboxStore store) : ConditionCheck("outbox")
{
    /// <summary>What the sweeper has not sent by then stays for a reason.</summary>
    public static readonly TimeSpan OldAfter = TimeSpan.FromSeconds(10);

    public override async Task<IReadOnlyList<Trouble>> Look(CancellationToken cancellationToken)
    {
        var backlog = await store.Backlog(cancellationToken);
        return backlog.OldestAge < OldAfter
            ? []
            :
            [
                new Trouble(
                    "outbox",
                    "old",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{backlog.Count} messages are committed and not sent, the oldest for {backlog.OldestAge.TotalSeconds:0} seconds."
                    ),
                    "Their receivers know nothing of them, and the sagas that they belong to wait.",
                    "The column last_error of the table outbox says why."
                ),
            ];
    }
}
