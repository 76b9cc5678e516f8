namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Checks that no message of the product was put aside.</summary>
internal static class DeadLetterCheck
{
    public static async Task Check(SystemUnderTest system, LoadClient client, BenchServers servers)
    {
        foreach (var queue in (await servers.Broker.QueueTypes(BenchServers.HostOf(system))).Keys)
        {
            if (queue is "unrouted" || queue.EndsWith(".dead-letter", StringComparison.Ordinal))
            {
                await Check(queue, client);
            }
        }
    }

    private static async Task Check(string queue, LoadClient client)
    {
        var messages = await client.Waiting(queue);
        if (messages > 0)
        {
            throw new BenchmarkFailure($"There are {messages} messages in '{queue}', where none should be.");
        }
    }
}
