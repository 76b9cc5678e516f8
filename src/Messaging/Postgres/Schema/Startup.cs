using System.Diagnostics;
using System.Security.Authentication;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Messaging.Postgres.Schema;

/// <summary>
/// What a process must do before it serves, on a database that may not be there yet: they are started together, and restarted together.
/// </summary>
public static class Startup
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Does it, and tries again for five minutes while the database is not ready. Says on standard error what is missing.
    /// </summary>
    /// <param name="work">May be done several times.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It never was; the message says what was missing.</exception>
    public static async Task WhenPossible(Func<Task> work, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception exception) when (Untrusting(exception) is { } reason)
            {
                throw new InvalidOperationException(
                    $"The database cannot be used over TLS: {reason.Message.ReplaceLineEndings(" ")} Check Host, SSL Mode, "
                        + $"Root Certificate, SSL Certificate and SSL Key of the connection string, and how long the "
                        + $"server's certificate holds.",
                    exception
                );
            }
            catch (Exception exception) when (Transient.Is(exception))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Stopwatch.GetElapsedTime(began) > Patience)
                {
                    throw new InvalidOperationException(
                        $"The database was not ready within {Patience.TotalMinutes:0} minutes: {exception.Message} Check the connection "
                            + $"strings, and that Postgres is up.",
                        exception
                    );
                }

                await Console.Error.WriteLineAsync($"The database is not ready, trying again: {exception.Message}");
                await Task.Delay(LongestPause * (0.2 + (0.8 * Random.Shared.NextDouble())), cancellationToken);
            }
        }
    }

    private static AuthenticationException? Untrusting(Exception? exception) =>
        exception is null or AuthenticationException ? exception as AuthenticationException : Untrusting(exception.InnerException);
}
