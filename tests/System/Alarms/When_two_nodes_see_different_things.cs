using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Server;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Alarms;

/// <summary>One node's breaker opens; the other's does not.</summary>
public sealed class When_two_nodes_see_different_things
{
    private const string Shipping = "shipping";

    // A machine that is busy raises others, of its database for example.
    private const string Ours = $"kind in ('breaker', 'condition') and subject in ('{Shipping}', 'participant-{Shipping}')";

    private RunningSystem system = null!;
    private WebApplication other = null!;

    [SetUp]
    public async Task Start()
    {
        Dictionary<string, string> shared = [];
        system = await RunningSystem.Start(settings => shared = settings);
        other = OrchestratorApp.Build([.. RunningSystem.Arguments(shared), "--Breakers:Automatic=false"]);
        await other.StartAsync();
        await system.Calm();
        await system.Sandbox.Execute("delete from orchestrator.alarm");
    }

    [TearDown]
    public async Task Stop()
    {
        await other.StopAsync();
        await other.DisposeAsync();
        await system.DisposeAsync();
    }

    [Test]
    public async Task Should_stand_as_long_as_one_of_them_sees_it()
    {
        await system.StopParticipant(Shipping);
        await Eventually.True(async () => await Standing() == 2, "the breaker and the condition are alarms");
        for (var look = 0; look < 3; look++)
        {
            await Look(other.Services);
            await Look(system.Orchestrator);
        }

        (await Standing()).ShouldBe(2);
        (await Count($"alarm where cleared_at is not null and {Ours}")).ShouldBe(0);
        await system.StartParticipant(Shipping);
        await Eventually.True(async () => await Standing() == 0, "both are over");
        (await Count($"alarm where {Ours}")).ShouldBe(2, "each was raised once");
    }

    [Test]
    public async Task Should_be_over_when_the_node_that_saw_it_is_gone()
    {
        await system.StopParticipant(Shipping);
        await Eventually.True(async () => await Standing() == 2, "the breaker and the condition are alarms");
        await system.StopOrchestrator();
        await Eventually.True(async () => await Standing() == 0, "nobody sees it any more");
    }

    private static async Task Look(IServiceProvider node) =>
        await ActivatorUtilities.CreateInstance<WatchAlarms>(node).Execute(null!, CancellationToken.None);

    private Task<long> Standing() => Count($"alarm where cleared_at is null and {Ours}");

    private Task<long> Count(string of) =>
        system.Sandbox.Query<long>(string.Create(CultureInfo.InvariantCulture, $"select count(*) from orchestrator.{of}"));
}
