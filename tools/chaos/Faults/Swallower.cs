using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>Stands in a participant's place: connected, takes every message, and answers none. What it took is gone.</summary>
internal static class Swallower
{
    public static Task Run(BrokerCluster broker, string queue, CancellationToken end) =>
        BrokerClient.Keep(
            broker,
            async (channel, gone) =>
            {
                await channel.BasicConsumeAsync(queue, autoAck: true, new AsyncEventingBasicConsumer(channel), gone);
                var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using var registration = gone.UnsafeRegister(_ => ended.TrySetResult(), null);
                await ended.Task;
            },
            end
        );
}
