using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>A system on empty databases and an empty virtual host: its processes and who starts its sagas.</summary>
internal sealed class RunningSystem : IAsyncDisposable
{
    private readonly SystemUnderTest system;
    private readonly BenchServers servers;
    private readonly string logs;
    private readonly PlanChoice plan;
    private readonly SpanSink? sink;
    private readonly List<(string Role, ServeProcess Process)> processes = [];
    private ServerProcesses? serverProcesses;
    private int begun;
    private bool ended;

    private RunningSystem(SystemUnderTest system, BenchServers servers, string logs, PlanChoice plan, SpanSink? sink, LoadClient client)
    {
        this.system = system;
        this.servers = servers;
        this.logs = logs;
        this.plan = plan;
        this.sink = sink;
        Client = client;
    }

    public LoadClient Client { get; }

    public static async Task<RunningSystem> Prepare(
        SystemUnderTest system,
        BenchServers servers,
        string logs,
        PlanChoice? plan = null,
        SpanSink? sink = null
    )
    {
        await servers.Prepare(system);
        return new RunningSystem(system, servers, logs, plan ?? PlanChoice.Chain, sink, await LoadClient.Open(system, servers));
    }

    /// <summary>Starts a process for each role that is named, and waits until all are ready.</summary>
    public async Task Start(IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        foreach (var role in roles)
        {
            processes.Add(
                (
                    role,
                    ServeProcess.Start(
                        ["--system", system.Name, "--role", role, "--plan", plan.ToString()],
                        $"{system.Name} {role}",
                        servers.Settings(system, role).Concat(sink?.Settings ?? []),
                        Path.Combine(logs, string.Create(null, $"{++begun}-{role}.log"))
                    )
                )
            );
        }

        await Task.WhenAll(processes.Select(process => process.Process.Ready(cancellationToken)));
    }

    /// <summary>Stops the processes of a role.</summary>
    public async Task Stop(string role)
    {
        foreach (var process in Of(role))
        {
            await process.Stop();
            processes.RemoveAll(candidate => candidate.Process == process);
            await process.DisposeAsync();
        }
    }

    public IReadOnlyList<ServeProcess> Of(string role) =>
        [.. processes.Where(process => process.Role == role).Select(process => process.Process)];

    public async Task<Processes> Processes(CancellationToken cancellationToken) =>
        new(Ids(Roles.Orchestrator), Ids(Roles.Participants), serverProcesses ??= await ServerProcesses.Find(servers, cancellationToken));

    /// <summary>Stops everything, which must have gone well until then.</summary>
    public async Task End()
    {
        await Stop(Roles.Orchestrator);
        await Stop(Roles.Participants);
        ended = true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process) in processes)
        {
            await process.DisposeAsync();
        }

        await Client.DisposeAsync();
        if (ended)
        {
            // What a run left that went wrong can be looked at.
            await servers.Remove(system);
        }
    }

    private int[] Ids(string role) => [.. Of(role).Select(process => process.Id)];
}
