using RabbitMQ.Client;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Floor.Wire;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>The floods' way to the broker. The healthy load has another, so that what holds up one does not hold up the other.</summary>
internal sealed class FloodBroker : IAsyncDisposable
{
    private readonly BenchServers servers;
    private readonly SystemUnderTest system;
    private readonly IConnection connection;

    private FloodBroker(BenchServers servers, SystemUnderTest system, IConnection connection) =>
        (this.servers, this.system, this.connection) = (servers, system, connection);

    public static async Task<FloodBroker> Connect(BenchServers servers, SystemUnderTest system) =>
        new(servers, system, await servers.Connect(system));

    /// <summary>Ends when the broker has all of them, and sends as fast as it takes them.</summary>
    /// <param name="messages">What.</param>
    /// <param name="sender">The service that sends them and says so; null when nobody is told.</param>
    public async Task Publish(IReadOnlyList<FloodMessage> messages, string? sender)
    {
        foreach (var message in messages)
        {
            message.Message.Properties.UserId = sender;
        }

        await using var own = sender is null ? await servers.Connect(system) : await servers.Connect(system, sender);
        await using var publisher = await ConfirmingPublisher.On(own);
        await publisher.Publish([.. messages.Select(message => message.Message)]);
    }

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
        await connection.DisposeAsync();
    }
}
