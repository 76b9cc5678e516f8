namespace SagaOrchestrator.Tests.Recovery;

/// <summary>A system that is crashed at one boundary after another, with new orders for each.</summary>
internal sealed class SweptSystem : IAsyncDisposable
{
    private const int Orders = 20;

    private readonly KilledSystem system;
    private int pushed;

    private SweptSystem(KilledSystem system) => this.system = system;

    public static async Task<SweptSystem> Start() => new(await KilledSystem.Start());

    public async Task CrashOrchestrator(string boundary)
    {
        system.KillOrchestrator();
        system.StartOrchestrator(Boundaries.First(boundary));
        var pushing = Push();
        await system.OrchestratorDied();
        system.KillOrchestrator();
        system.StartOrchestrator(Boundaries.Again(boundary));
        await system.OrchestratorDied();
        system.KillOrchestrator();
        system.StartOrchestrator();
        await AllIsWell(pushing);
    }

    public async Task CrashParticipants(string boundary)
    {
        system.KillParticipants();
        system.StartParticipants(Boundaries.First(boundary));
        var pushing = Push();
        await system.ParticipantsDied();
        system.KillParticipants();
        system.StartParticipants(Boundaries.Again(boundary));
        await system.ParticipantsDied();
        system.KillParticipants();
        system.StartParticipants();
        await AllIsWell(pushing);
    }

    public ValueTask DisposeAsync() => system.DisposeAsync();

    private Task Push()
    {
        pushed += Orders;
        return system.Push(Orders);
    }

    private async Task AllIsWell(Task pushing)
    {
        await pushing;
        system.Pusher.Complaints.ShouldBeEmpty();
        await system.Ended(pushed);
        (await system.Check()).ShouldAllBe(check => check.Holds);
        (await system.Query<long>("select count(*) from orchestrator.saga")).ShouldBe(pushed);
    }
}
