using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Breakers;

/// <summary>It is connected and takes every command, and no answer comes: what it took is gone.</summary>
public sealed class When_a_participant_answers_nothing
{
    private const int Orders = 20;

    [Test]
    [Property("Rule", "S38")]
    public async Task Should_lose_no_order()
    {
        await using var system = await RunningSystem.Start(BreakerClient.Quick);
        await system.StopParticipant("payments");
        Guid[] sagas;
        await using (await Swallow(system))
        {
            await system.Api.WaitForBreaker("payments", "Closed");
            sagas = await system.Api.StartMany(Orders);
            await system.Api.WaitForBreaker("payments", "Open");
            (await system.Api.Participant("payments"))
                .GetProperty("reason")
                .GetString()
                .ShouldBe("It reads its queue, and no saga gets an answer.");
            await system.WaitForOutage(Orders, "9 seconds");
        }

        await system.StartParticipant("payments");
        foreach (var saga in sagas)
        {
            (await system.Api.WaitFor(saga, "Completed", "Failed")).GetProperty("state").GetString().ShouldBe("Completed");
        }

        (await system.Sandbox.Query<long>("select count(*) from payments.gateway_charge")).ShouldBe(Orders);
    }

    private static async Task<IConnection> Swallow(RunningSystem system)
    {
        var factory = new ConnectionFactory
        {
            Port = TestServers.RabbitMqPort,
            VirtualHost = system.Sandbox.Name,
            UserName = "payments",
            Password = "payments-dev",
            HostName = "127.0.0.1",
        };
        var connection = await factory.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        await channel.BasicConsumeAsync("payments", autoAck: true, new AsyncEventingBasicConsumer(channel));
        return connection;
    }
}
