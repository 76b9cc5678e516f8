using RabbitMQ.Client;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Floor.Wire;

/// <summary>Quorum queues that are sent to directly, and one exchange for those who want to know how sagas end.</summary>
internal static class FloorTopology
{
    public const string Ended = "saga-ended";

    private static readonly Dictionary<string, object?> Quorum = new() { ["x-queue-type"] = "quorum" };

    public static async Task Declare(IConnection connection)
    {
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(Ended, ExchangeType.Fanout, durable: true);
        foreach (var queue in Steps.All.Select(step => step.Participant).Prepend(Roles.Orchestrator))
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, Quorum);
        }
    }
}
