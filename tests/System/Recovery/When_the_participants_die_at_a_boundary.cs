namespace SagaOrchestrator.Tests.Recovery;

/// <summary>
/// While orders run, and once more at the same place with the messages that come again. Beside the other sweep: both mostly wait.
/// </summary>
[Property("Rule", "S24")]
[Property("Rule", "S25")]
[Property("Rule", "S28")]
[Parallelizable(ParallelScope.Self)]
internal sealed class When_the_participants_die_at_a_boundary
{
    private SweptSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await SweptSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [TestCaseSource(typeof(Boundaries), nameof(Boundaries.OfParticipants))]
    public Task Should_lose_and_repeat_nothing(string boundary) => system.CrashParticipants(boundary);
}
