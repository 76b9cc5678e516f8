using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Endpoints;

/// <summary>ADR 21: coming back takes no longer the more often the broker was away.</summary>
internal sealed class When_the_broker_is_lost_again_and_again
{
    private const int Times = 5;
    private const int Attempts = 25;
    private const int SecondsToComeBack = 15;

    [Test]
    public async Task Should_be_back_soon_each_time()
    {
        await using var line = CutLine.To(TestServers.RabbitMqPort);
        await using var system = await RunningSystem.Start(settings =>
            settings["RabbitMq:Port"] = line.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        await system.Api.Run(Order.Of(), "Completed");
        for (var time = 1; time <= Times; time++)
        {
            var before = line.Refused;
            line.Refuse();
            var id = await system.Api.StartSaga(Order.Of());
            await Eventually.True(() => Task.FromResult(line.Refused - before > Attempts), "the services try to come back");

            line.Mend();

            // A saga goes through when all of them are back.
            await Eventually.Get(
                () => system.Api.GetSaga(id),
                saga => saga.GetProperty("state").GetString() == "Completed",
                $"a saga goes through, time {time}",
                SecondsToComeBack
            );
        }
    }
}
