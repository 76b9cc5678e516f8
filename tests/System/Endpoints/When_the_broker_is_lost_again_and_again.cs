using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Endpoints;

/// <summary>ADR 21: the tenth reconnect takes no longer than the first.</summary>
internal sealed class When_the_broker_is_lost_again_and_again
{
    private const int Cuts = 10;
    private const int SecondsForEach = 15;

    [Test]
    public async Task Should_be_back_soon_each_time()
    {
        await using var line = CutLine.To(TestServers.RabbitMqPort);
        await using var system = await RunningSystem.Start(
            settings => settings["RabbitMq:Port"] = line.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        for (var cut = 1; cut <= Cuts; cut++)
        {
            await system.Api.Run(Order.Of(), "Completed");
            line.Cut();
            // Back means that a saga goes through, with every service cut off at once.
            var id = await system.Api.StartSaga(Order.Of());
            await Eventually.Get(
                () => system.Api.GetSaga(id), saga => saga.GetProperty("state").GetString() == "Completed", $"a saga goes through after cut {cut}", SecondsForEach);
        }
    }
}
