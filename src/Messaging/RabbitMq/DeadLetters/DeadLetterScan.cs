using System.Collections.Frozen;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;

namespace SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

/// <summary>How a look through a dead-letter queue ended.</summary>
internal enum ScanEnd
{
    /// <summary>Everything that was in it at the beginning was seen, or all letters were found.</summary>
    Whole,

    /// <summary>Somebody else is looking through it.</summary>
    Taken,

    /// <summary>The broker stopped before everything was seen.</summary>
    Cut,
}

/// <summary>What a look has come to.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Before">How many letters were there at its beginning.</param>
/// <param name="Moved">Those that it has taken off.</param>
internal sealed record ScanLook(ScanEnd End, long Before, IReadOnlyCollection<Guid> Moved);

/// <summary>
/// One look through a dead-letter queue. What is delivered is held; what is wanted is acknowledged once it is moved. When the channel
/// closes, the broker puts everything else back in its place.
/// </summary>
internal sealed class DeadLetterScan : IAsyncDisposable
{
    // What a consumer may hold at most. In a longer queue, what comes behind is seen once some before it are gone.
    private const ushort MostHeld = ushort.MaxValue;

    // So many acknowledgements go out at once; the broker's queue forgets what is over 32 when the channel closes.
    private const int AcksAtOnce = 16;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Confirm = TimeSpan.FromSeconds(10);

    private readonly string queue;
    private readonly LetterAim aim;
    private readonly Dictionary<Guid, LetterFate> fates;
    private readonly FrozenSet<Guid> wanted;
    private readonly bool onlyReturned;
    private readonly string? user;
    private readonly List<Guid> moved = [];
    private readonly IChannel reading;
    private readonly IChannel sending;
    private readonly Channel<Seen> seen = System.Threading.Channels.Channel.CreateUnbounded<Seen>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    private bool isWithoutExchange;

    private DeadLetterScan(
        string queue,
        LetterAim aim,
        Dictionary<Guid, LetterFate> fates,
        bool onlyReturned,
        string? user,
        IChannel reading,
        IChannel sending
    )
    {
        (this.queue, this.aim, this.fates, this.onlyReturned, this.user) = (queue, aim, fates, onlyReturned, user);
        (this.reading, this.sending, wanted) = (reading, sending, fates.Keys.ToFrozenSet());
    }

    /// <summary>Looks once.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="queue">The queue that the letters were taken from.</param>
    /// <param name="aim">What is done with each.</param>
    /// <param name="fates">The letters. Those that are <see cref="LetterFate.Busy"/> are looked for; found, they are something
    /// else.</param>
    /// <param name="onlyReturned">Whether a letter that was never delivered before is another one, that only looks the same.</param>
    /// <param name="user">The connection's user, who sends letters on; null when it has no name.</param>
    public static async Task<ScanLook> Run(
        IConnection connection,
        string queue,
        LetterAim aim,
        Dictionary<Guid, LetterFate> fates,
        bool onlyReturned = false,
        string? user = null
    )
    {
        var confirms = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        await using var scan = new DeadLetterScan(
            queue,
            aim,
            fates,
            onlyReturned,
            user,
            await connection.CreateChannelAsync(),
            await connection.CreateChannelAsync(confirms)
        );
        return await scan.Run();
    }

    public async ValueTask DisposeAsync()
    {
        await reading.DisposeAsync();
        await sending.DisposeAsync();
    }

    private async Task<ScanLook> Run()
    {
        var name = Queues.DeadLetterOf(queue);
        QueueDeclareOk before;
        try
        {
            before = await reading.QueueDeclarePassiveAsync(name);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return new ScanLook(ScanEnd.Whole, 0, []);
        }

        if (before.ConsumerCount > 0 || !await Consume(name))
        {
            return new ScanLook(ScanEnd.Taken, before.MessageCount, []);
        }

        var end = await Handle(before.MessageCount) ? ScanEnd.Whole : ScanEnd.Cut;
        return new ScanLook(end, before.MessageCount, moved);
    }

    // Others that look hold the lock; this is about programs and people who do not know of it.
    private async Task<bool> Consume(string name)
    {
        reading.ChannelShutdownAsync += (_, _) =>
        {
            seen.Writer.TryComplete();
            return Task.CompletedTask;
        };
        await reading.BasicQosAsync(0, MostHeld, global: false);
        var consumer = new AsyncEventingBasicConsumer(reading);
        consumer.ReceivedAsync += (_, delivery) => Take(delivery);
        try
        {
            await reading.BasicConsumeAsync(name, autoAck: false, string.Empty, noLocal: false, exclusive: true, arguments: null, consumer);
        }
        catch (OperationInterruptedException exception) when (IsTaken(exception.ShutdownReason))
        {
            return false;
        }

        return (await sending.QueueDeclarePassiveAsync(name)).ConsumerCount == 1;
    }

    // The same code is for a user without the right.
    private static bool IsTaken(ShutdownEventArgs? reason) =>
        reason is { ReplyCode: Constants.AccessRefused } && reason.ReplyText.Contains("exclusive", StringComparison.Ordinal);

    // Of all but what is wanted only the place is kept.
    private Task Take(BasicDeliverEventArgs delivery)
    {
        var id = LetterIdentity.Of(delivery.BasicProperties, queue, delivery.Body.Span);
        var place = new Seen(id, delivery.DeliveryTag, delivery.Redelivered, Properties: null, default);
        seen.Writer.TryWrite(
            wanted.Contains(id)
                ? place with
                {
                    Properties = new BasicProperties(delivery.BasicProperties),
                    Body = delivery.Body.ToArray(),
                }
                : place
        );
        return Task.CompletedTask;
    }

    /// <returns>Whether all that is wanted was found, or everything was seen.</returns>
    private async Task<bool> Handle(uint count)
    {
        for (uint number = 0; number < count && fates.ContainsValue(LetterFate.Busy); number++)
        {
            using var quiet = new CancellationTokenSource(Quiet);
            try
            {
                var next = await seen.Reader.ReadAsync(quiet.Token);
                if (next.Properties is { } properties && fates[next.Id] == LetterFate.Busy)
                {
                    await Handle(next, properties);
                }
            }
            catch (Exception exception) when (exception is ChannelClosedException or OperationCanceledException)
            {
                return false;
            }
        }

        return true;
    }

    private async Task Handle(Seen letter, BasicProperties properties)
    {
        if (onlyReturned && !letter.IsReturned)
        {
            fates[letter.Id] = LetterFate.Missing;
            return;
        }

        if (aim is not LetterAim.Discard && (isWithoutExchange || !await Send(letter.Body, properties)))
        {
            fates[letter.Id] = LetterFate.Refused;
            return;
        }

        await reading.BasicAckAsync(letter.Tag, multiple: false);
        fates[letter.Id] = LetterFate.Moved;
        moved.Add(letter.Id);
        if (moved.Count % AcksAtOnce == 0)
        {
            // A question on the same channel is answered after what was said before.
            await reading.QueueDeclarePassiveAsync(Queues.DeadLetterOf(queue));
        }
    }

    // In our name, with a header that says who sent it first.
    private async Task<bool> Send(ReadOnlyMemory<byte> body, BasicProperties properties)
    {
        var headers = LetterHeaders.Redriven(properties);
        headers.TryAdd(SagaHeaders.SentBy, SagaHeaders.SentByNobody);
        var message = new BasicProperties(properties)
        {
            UserId = user,
            Headers = headers,
            Persistent = true,
        };
        if (aim is LetterAim.Edited edited)
        {
            (message.MessageId, body) = (edited.MessageId.ToString(), edited.Body);
            LetterHeaders.Edit(headers, edited.By, message.MessageId);
        }

        using var timeout = new CancellationTokenSource(Confirm);
        try
        {
            await sending.BasicPublishAsync(Queues.ExchangeOf(queue), string.Empty, mandatory: true, message, body, timeout.Token);
            return true;
        }
        catch (PublishException)
        {
            return false;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            isWithoutExchange = true;
            return false;
        }
    }

    private sealed record Seen(Guid Id, ulong Tag, bool IsReturned, BasicProperties? Properties, ReadOnlyMemory<byte> Body);
}
