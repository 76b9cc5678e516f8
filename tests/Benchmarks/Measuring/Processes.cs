using SagaOrchestrator.Benchmarks.Driving;

namespace SagaOrchestrator.Benchmarks.Measuring;

/// <summary>The processes whose time is measured.</summary>
internal sealed record Processes(int Orchestrator, int Participants, ServerProcesses Servers);

/// <summary>The servers' processes.</summary>
/// <param name="Postmaster">The parent of all processes of Postgres.</param>
/// <param name="RabbitMq">The Erlang machine.</param>
internal sealed record ServerProcesses(int Postmaster, int RabbitMq)
{
    public static async Task<ServerProcesses> Find(BenchServers servers, CancellationToken cancellationToken) => new(
        ProcFile.ParentOf(await servers.Query<int>("select pg_backend_pid()")), await servers.Broker.ProcessId(cancellationToken));
}
