using System.Runtime.InteropServices;

namespace SagaOrchestrator.Server;

/// <summary>Knows whether the process was asked to end. One that was not, and ends, has failed.</summary>
internal sealed class EndRequest : IDisposable
{
    // The host hears of a signal before this does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IDisposable[] heard;

    public EndRequest(CancellationToken cancellationToken) =>
        heard = [
            cancellationToken.Register(() => made.TrySetResult()),
            .. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT }.Select(signal =>
                PosixSignalRegistration.Create(signal, _ => made.TrySetResult())
            ),
        ];

    public async Task<bool> WasMade() => await Task.WhenAny(made.Task, Task.Delay(Patience)) == made.Task;

    public void Dispose() => Array.ForEach(heard, one => one.Dispose());
}
