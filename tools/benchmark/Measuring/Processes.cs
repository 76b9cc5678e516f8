using SagaOrchestrator.Benchmarks.Driving;

namespace SagaOrchestrator.Benchmarks.Measuring;

/// <summary>The processes whose time is measured.</summary>
/// <param name="Orchestrators">One or more.</param>
/// <param name="Participants">One, or none while nobody is to answer.</param>
/// <param name="Servers">The servers'.</param>
internal sealed record Processes(IReadOnlyList<int> Orchestrators, IReadOnlyList<int> Participants, ServerProcesses Servers)
{
    /// <summary>The peak of the orchestrator that took most, in MiB.</summary>
    public double OrchestratorPeak => Orchestrators.Max(ProcFile.PeakMemory);
}

/// <summary>The servers' processes.</summary>
/// <param name="Postmaster">The parent of all processes of Postgres.</param>
/// <param name="RabbitMq">The Erlang machine.</param>
internal sealed record ServerProcesses(int Postmaster, int RabbitMq)
{
    public static async Task<ServerProcesses> Find(BenchServers servers, CancellationToken cancellationToken) =>
        new(ProcFile.ParentOf(await servers.Query<int>("select pg_backend_pid()")), await servers.Broker.ProcessId(cancellationToken));
}
