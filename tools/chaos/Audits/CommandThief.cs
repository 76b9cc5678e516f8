using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Audits;

/// <summary>Takes one saga's command out of a queue, ahead of the participant, as if the broker had lost it.</summary>
internal sealed class CommandThief(BrokerCluster broker)
{
    private const ushort Most = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What comes beside it is held meanwhile, and given back once.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="saga">The saga.</param>
    /// <param name="ready">Called when nothing can come past the thief any more.</param>
    /// <param name="end">Ends the wait.</param>
    /// <returns>Whether it came.</returns>
    public async Task<bool> Take(string queue, Guid saga, Action ready, CancellationToken end)
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(end);
        over.CancelAfter(Patience);
        await BrokerClient.Keep(
            broker,
            async (channel, gone) =>
            {
                var held = new ConcurrentBag<ulong>();
                var tag = await Consume(channel, queue, saga, held, taken, gone);
                ready();
                await taken.Task.WaitAsync(gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await channel.BasicCancelAsync(tag, cancellationToken: CancellationToken.None);
                await BrokerClient.GiveBack(channel, held);

                if (taken.Task.IsCompleted)
                {
                    await over.CancelAsync();
                }
            },
            over.Token
        );
        return taken.Task.IsCompleted;
    }

    private static async Task<string> Consume(
        IChannel channel,
        string queue,
        Guid saga,
        ConcurrentBag<ulong> held,
        TaskCompletionSource taken,
        CancellationToken gone
    )
    {
        await channel.BasicQosAsync(0, Most, global: false, gone);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            if (taken.Task.IsCompleted || !Encoding.UTF8.GetString(message.Body.Span).Contains(saga.ToString(), StringComparison.Ordinal))
            {
                held.Add(message.DeliveryTag);
                return;
            }

            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, CancellationToken.None);
            taken.TrySetResult();
        };
        return await BrokerClient.ConsumeAhead(channel, queue, consumer, gone);
    }
}
