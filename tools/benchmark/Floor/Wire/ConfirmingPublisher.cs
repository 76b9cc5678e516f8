using System.Threading.Channels;
using RabbitMQ.Client;

namespace SagaOrchestrator.Benchmarks.Floor.Wire;

/// <summary>Publishes from one task, without waiting between messages, and says when the broker has confirmed a group.</summary>
/// <remarks>It counts its messages itself: the client's own tracking costs a task and a header for each message.</remarks>
internal sealed class ConfirmingPublisher : IAsyncDisposable
{
    private readonly IChannel broker;
    private readonly Channel<Batch> waiting = Channel.CreateUnbounded<Batch>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<ulong, Batch> unconfirmed = [];
    private readonly Lock sync = new();
    private readonly Task publishing;
    private ulong lowest = 1;
    private ulong next = 1;

    private ConfirmingPublisher(IChannel broker)
    {
        this.broker = broker;
        broker.BasicAcksAsync += (_, ack) => Confirm(ack.DeliveryTag, ack.Multiple, refused: false);
        broker.BasicNacksAsync += (_, nack) => Confirm(nack.DeliveryTag, nack.Multiple, refused: true);
        broker.ChannelShutdownAsync += (_, reason) => Lose(reason.ReplyText);
        publishing = Task.Run(PublishAll);
    }

    public static async Task<ConfirmingPublisher> On(IConnection connection) =>
        new(
            await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false)
            )
        );

    /// <summary>Ends when every message is confirmed.</summary>
    public Task Publish(IReadOnlyList<Outgoing> messages)
    {
        if (messages.Count == 0)
        {
            return Task.CompletedTask;
        }

        var batch = new Batch(messages);
        return waiting.Writer.TryWrite(batch) ? batch.Confirmed : throw new InvalidOperationException("The channel is closed.");
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await publishing;
        await broker.DisposeAsync();
    }

    private async Task PublishAll()
    {
        await foreach (var batch in waiting.Reader.ReadAllAsync())
        {
            try
            {
                foreach (var message in batch.Messages)
                {
                    Expect(batch);
                    await broker.BasicPublishAsync(
                        message.Exchange,
                        message.RoutingKey,
                        mandatory: false,
                        message.Properties,
                        message.Body
                    );
                }
            }
            catch (Exception exception)
            {
                batch.Fail(exception);
            }
        }
    }

    private void Expect(Batch batch)
    {
        lock (sync)
        {
            unconfirmed.Add(next++, batch);
        }
    }

    private Task Confirm(ulong tag, bool multiple, bool refused)
    {
        lock (sync)
        {
            for (var number = multiple ? lowest : tag; number <= tag; number++)
            {
                if (unconfirmed.Remove(number, out var batch))
                {
                    batch.Confirm(refused);
                }
            }

            // Those before it are confirmed; a later "multiple" need not look at them again.
            while (lowest < next && !unconfirmed.ContainsKey(lowest))
            {
                lowest++;
            }
        }

        return Task.CompletedTask;
    }

    private Task Lose(string reason)
    {
        lock (sync)
        {
            foreach (var batch in unconfirmed.Values)
            {
                batch.Fail(new InvalidOperationException($"The channel was closed before the broker confirmed: {reason}"));
            }

            unconfirmed.Clear();
        }

        return Task.CompletedTask;
    }

    private sealed class Batch(IReadOnlyList<Outgoing> messages)
    {
        private readonly TaskCompletionSource confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int left = messages.Count;

        public IReadOnlyList<Outgoing> Messages => messages;

        public Task Confirmed => confirmed.Task;

        public void Confirm(bool refused)
        {
            if (refused)
            {
                Fail(new InvalidOperationException("The broker refused a message."));
            }
            else if (--left == 0)
            {
                confirmed.TrySetResult();
            }
        }

        public void Fail(Exception exception) => confirmed.TrySetException(exception);
    }
}
