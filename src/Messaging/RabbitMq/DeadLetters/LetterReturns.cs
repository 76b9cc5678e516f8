using System.Diagnostics;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

/// <summary>
/// Sees to it that letters that were taken off their queue stay off. A broker that is given many acknowledgements at once has some still
/// before it when the channel closes, forgets them, and puts those letters back.
/// </summary>
internal static class LetterReturns
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends when none of those that a look has moved is in the queue.</summary>
    public static async Task Settle(IConnection connection, string queue, ScanLook look)
    {
        var moved = look.Moved;
        var expected = look.Before - moved.Count;
        while (moved.Count > 0 && await CountWithoutConsumer(connection, queue) > expected)
        {
            // There may be as many that have come since; a look tells.
            var fates = moved.ToDictionary(letter => letter, _ => LetterFate.Busy);
            var again = await DeadLetterScan.Run(connection, queue, new LetterAim.Discard(), fates, onlyReturned: true);
            if (again.End == ScanEnd.Whole)
            {
                (moved, expected) = (again.Moved, again.Before - again.Moved.Count);
            }
            else
            {
                await Task.Delay(Pause);
            }
        }
    }

    // The broker puts back what a consumer held a moment after its channel has closed.
    private static async Task<long> CountWithoutConsumer(IConnection connection, string queue)
    {
        await using var channel = await connection.CreateChannelAsync();
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var now = await channel.QueueDeclarePassiveAsync(Queues.DeadLetterOf(queue));
            if (now.ConsumerCount == 0 || Stopwatch.GetElapsedTime(began) > BrokerLink.Patience)
            {
                return now.MessageCount;
            }

            await Task.Delay(Pause);
        }
    }
}
