namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Messages that the broker has not confirmed yet. Those that it has are forgotten: a long run sends millions.</summary>
internal sealed class OpenConfirms(int most = int.MaxValue)
{
    private readonly Queue<Task> open = [];

    /// <summary>Adds one, and waits for the oldest ones when there are too many.</summary>
    public async Task Add(Task confirmed)
    {
        open.Enqueue(confirmed);
        while (open.TryPeek(out var oldest) && (open.Count > most || oldest.IsCompleted))
        {
            await open.Dequeue();
        }
    }

    /// <summary>Throws what one of them ended with, if one did not end well.</summary>
    public Task ThrowIfFailed() => open.FirstOrDefault(confirm => confirm.IsFaulted) ?? Task.CompletedTask;

    public Task All() => Task.WhenAll(open);
}
