using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Telemetry;

namespace SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

/// <summary>
/// Takes dead letters out of their queues on RabbitMQ. Only one may look through a queue at a time: it holds all the others back while it
/// does, and whoever looked beside it would take them for gone.
/// </summary>
internal sealed class DeadLetterMover(BusConnection settings, string service, ILogger<DeadLetterMover> log) : IDeadLetterMover
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string? user = string.IsNullOrEmpty(settings.Username) ? null : settings.Username;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<Guid, LetterFate>> Move(string queue, IReadOnlyCollection<Guid> letters, LetterAim aim)
    {
        var fates = letters.ToDictionary(letter => letter, _ => LetterFate.Busy);
        var turn = turns.GetOrAdd(queue, _ => new SemaphoreSlim(1));
        var began = Stopwatch.GetTimestamp();
        if (!await turn.WaitAsync(Patience))
        {
            return fates;
        }

        try
        {
            await Look(queue, aim, fates, began);
        }
        catch (Exception exception) when (IsBroker(exception))
        {
            Leave(fates, LetterFate.Unavailable);
            RabbitMqLog.LettersNotMoved(log, Queues.DeadLetterOf(queue), exception.GetBaseException().GetType().Name);
        }
        finally
        {
            turn.Release();
        }

        return fates;
    }

    private static bool IsBroker(Exception exception) =>
        exception is RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException or OperationCanceledException;

    private static void Leave(Dictionary<Guid, LetterFate> fates, LetterFate fate)
    {
        foreach (var left in fates.Where(letter => letter.Value == LetterFate.Busy).Select(letter => letter.Key).ToList())
        {
            fates[left] = fate;
        }
    }

    private async Task Look(string queue, LetterAim aim, Dictionary<Guid, LetterFate> fates, long began)
    {
        await using var connection = await BrokerLink.Open(settings, service + " (moves dead letters)", CancellationToken.None);
        while (!await TryLock(connection, queue))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                return;
            }

            await Task.Delay(Pause);
        }

        await Look(connection, queue, aim, fates, began);
    }

    // A queue of one connection alone, which is gone with it. A quorum queue itself takes any number of consumers, exclusive or not.
    private static async Task<bool> TryLock(IConnection connection, string queue)
    {
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            await channel.QueueDeclareAsync(Queues.DeadLetterLockOf(queue), durable: false, exclusive: true, autoDelete: true);
            return true;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.ResourceLocked)
        {
            return false;
        }
    }

    // One that is not found is looked for once more: at that moment somebody may have had it in the console.
    private async Task Look(IConnection connection, string queue, LetterAim aim, Dictionary<Guid, LetterFate> fates, long began)
    {
        var looks = 0;
        while (fates.ContainsValue(LetterFate.Busy))
        {
            var look = await DeadLetterScan.Run(connection, queue, aim, fates, user: user);
            await LetterReturns.Settle(connection, queue, look);
            switch (look.End)
            {
                case ScanEnd.Whole when ++looks == 2 || !fates.ContainsValue(LetterFate.Busy):
                    Leave(fates, LetterFate.Missing);
                    return;
                case ScanEnd.Taken when Stopwatch.GetElapsedTime(began) > Patience:
                    return;
                case ScanEnd.Cut when Stopwatch.GetElapsedTime(began) > Patience:
                    Leave(fates, LetterFate.Unavailable);
                    return;
            }

            await Task.Delay(Pause);
        }
    }
}
