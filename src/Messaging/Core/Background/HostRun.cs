using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SagaOrchestrator.Messaging.Background;

/// <summary>Runs a host whose start may find a setting, a queue or a table missing.</summary>
public static class HostRun
{
    /// <summary>Runs a host until it is shut down. A start that lacks something ends with one line on standard error.</summary>
    /// <param name="host">The host. It is disposed of.</param>
    /// <param name="check">Throws when something is lacking already.</param>
    /// <returns>The exit status: 1 when it could not start.</returns>
    public static async Task<int> UntilShutdown(IHost host, Action check)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(check);
        try
        {
            check();
            await host.StartAsync();
            await host.WaitForShutdownAsync();
            return Environment.ExitCode;
        }
        catch (Exception exception) when (IsLack(exception) && !HasStarted(host))
        {
            await Console.Error.WriteLineAsync(exception.Message.ReplaceLineEndings(" "));
            return 1;
        }
        finally
        {
            if (host is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync();
            }
            else
            {
                host.Dispose();
            }
        }
    }

    /// <summary>Whether an exception says what settings or servers lack, so that its trace would only hide it.</summary>
    /// <param name="exception">The exception.</param>
    public static bool IsLack(Exception exception) =>
        exception is InvalidOperationException or ArgumentException or OptionsValidationException or IOException or DbException;

    private static bool HasStarted(IHost host) =>
        host.Services.GetService(typeof(IHostApplicationLifetime))
            is IHostApplicationLifetime { ApplicationStarted.IsCancellationRequested: true };
}
