using System.Globalization;
using System.Reflection;
using SagaOrchestrator.Outbox.Telemetry;

namespace SagaOrchestrator.Tests.Recovery;

/// <summary>
/// Every boundary that has a name, in the orchestrator and in the participants: the process dies there while orders run, and once more at the
/// same place with the messages that come again. A boundary that is new is swept too, and one that no process ever passes fails.
/// </summary>
[Property("Rule", "S25")]
[Property("Rule", "S28")]
internal sealed class When_a_node_dies_at_a_boundary
{
    private const int Orders = 20;
    private static readonly string[] OfTheOrchestrator = [CrashPoint.TimersClaimed, CrashPoint.StartCommitted];

    // The orchestrator's units are all made to go in groups.
    private static readonly string[] OfParticipants = [CrashPoint.UnitWritten, CrashPoint.UnitCommitted];

    private KilledSystem system = null!;
    private int pushed;

    [OneTimeSetUp]
    public async Task Start() => system = await KilledSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [TestCaseSource(nameof(OrchestratorBoundaries))]
    public async Task Should_lose_and_repeat_nothing_when_it_was_the_orchestrator(string boundary)
    {
        system.KillOrchestrator();
        system.StartOrchestrator(("SAGA_CRASH_AT", First(boundary)));
        var pushing = Push();
        await system.OrchestratorDied();
        system.KillOrchestrator();
        system.StartOrchestrator(("SAGA_CRASH_AT", Again(boundary)));
        await system.OrchestratorDied();
        system.KillOrchestrator();
        system.StartOrchestrator();
        await AllIsWell(pushing);
    }

    [TestCaseSource(nameof(ParticipantBoundaries))]
    [Property("Rule", "S24")]
    public async Task Should_lose_and_repeat_nothing_when_it_was_a_participant(string boundary)
    {
        system.KillParticipants();
        system.StartParticipants(("SAGA_CRASH_AT", First(boundary)));
        var pushing = Push();
        await system.ParticipantsDied();
        system.KillParticipants();
        system.StartParticipants(("SAGA_CRASH_AT", Again(boundary)));
        await system.ParticipantsDied();
        system.KillParticipants();
        system.StartParticipants();
        await AllIsWell(pushing);
    }

    private static IEnumerable<string> OrchestratorBoundaries() => Boundaries().Except(OfParticipants, StringComparer.Ordinal);

    private static IEnumerable<string> ParticipantBoundaries() => Boundaries().Except(OfTheOrchestrator, StringComparer.Ordinal);

    private static IEnumerable<string> Boundaries() => typeof(CrashPoint).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    // In the middle of the work; the sweeper has work only when another boundary has left some.
    private static string First(string boundary) => boundary switch
    {
        CrashPoint.SweepClaimed => At(CrashPoint.GroupCommitted, 5),
        CrashPoint.TimersClaimed => At(boundary, 1),
        CrashPoint.OutboxDeleted => At(boundary, 2),
        _ => At(boundary, 5),
    };

    // What was not acknowledged comes first.
    private static string Again(string boundary) => At(boundary, 1);

    private static string At(string boundary, int count) => string.Create(CultureInfo.InvariantCulture, $"{boundary}/{count}");

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
