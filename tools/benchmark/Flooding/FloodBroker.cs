using RabbitMQ.Client;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Floor.Wire;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>The floods' way to the broker. The healthy load has another, so that what holds up one does not hold up the other.</summary>
internal sealed class FloodBroker : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly ConfirmingPublisher publisher;

    private FloodBroker(IConnection connection, ConfirmingPublisher publisher) =>
        (this.connection, this.publisher) = (connection, publisher);

    public static async Task<FloodBroker> Connect(BenchServers servers, SystemUnderTest system)
    {
        var made = await servers.Connect(system);
        return new FloodBroker(made, await ConfirmingPublisher.On(made));
    }

    /// <summary>Ends when the broker has all of them, and sends as fast as it takes them.</summary>
    public Task Publish(IReadOnlyList<FloodMessage> messages) => publisher.Publish([.. messages.Select(message => message.Message)]);

    /// <summary>How many messages of a queue nobody has taken.</summary>
    public async Task<uint> Waiting(string queue)
    {
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }

    /// <summary>Empties a queue.</summary>
    /// <returns>How many messages it held.</returns>
    public async Task<uint> Purge(string queue)
    {
        await using var channel = await connection.CreateChannelAsync();
        return await channel.QueuePurgeAsync(queue);
    }

    public async ValueTask DisposeAsync()
    {
        await publisher.DisposeAsync();
        await connection.DisposeAsync();
    }
}
