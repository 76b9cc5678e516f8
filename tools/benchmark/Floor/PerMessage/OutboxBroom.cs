using System.Collections.Concurrent;
using SagaOrchestrator.Benchmarks.Floor.Wire;

namespace SagaOrchestrator.Benchmarks.Floor.PerMessage;

/// <summary>Deletes the outbox rows of confirmed messages in groups, in the background.</summary>
internal sealed class OutboxBroom : IAsyncDisposable
{
    private readonly FloorOutbox outbox;
    private readonly ConcurrentQueue<Guid> sent = new();
    private readonly PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
    private readonly Task sweeping;

    public OutboxBroom(FloorOutbox outbox)
    {
        this.outbox = outbox;
        sweeping = Task.Run(Sweep);
    }

    public void Add(IReadOnlyList<FloorMessage> messages)
    {
        foreach (var message in messages)
        {
            sent.Enqueue(message.Id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        timer.Dispose();
        await sweeping;
    }

    private async Task Sweep()
    {
        var more = true;
        while (more)
        {
            more = await timer.WaitForNextTickAsync();
            var ids = new List<Guid>();
            while (sent.TryDequeue(out var id))
            {
                ids.Add(id);
            }

            if (ids.Count > 0)
            {
                await outbox.Delete(ids);
            }
        }
    }
}
