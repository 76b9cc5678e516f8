using System.Collections.Concurrent;
using MassTransit;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Chaos.Nodes.Served.Errands;

/// <summary>A message whose handling fails so often on each node, for what passes.</summary>
public sealed record ComesBack(int Times);

/// <summary>Handles it.</summary>
internal sealed class ComingBack
{
    private readonly ConcurrentDictionary<Guid, int> failed = new();

    /// <summary>Fails, or is done.</summary>
    public Task Handle(ConsumeContext<ComesBack> context)
    {
        var (id, times) = (context.MessageId!.Value, context.Message.Times);
        if (times == 0 || failed.AddOrUpdate(id, 1, (_, before) => before + 1) > times)
        {
            failed.TryRemove(id, out _);
            return Task.CompletedTask;
        }

        throw new TransientException("What it needs is away, as it was the times before.");
    }
}
