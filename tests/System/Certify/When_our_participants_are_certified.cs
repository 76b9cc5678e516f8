using SagaOrchestrator.Certify.Trials;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Certify;

/// <summary>Our own services as their program, killed and stopped on the way.</summary>
public sealed class When_our_participants_are_certified
{
    private readonly string log = Path.GetTempFileName();
    private Sandbox sandbox = null!;
    private ServiceProcess participants = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        sandbox = await Sandbox.CreateMigrated();
        participants = ServiceProcess.Participants(sandbox, log);
        foreach (var queue in new[] { "inventory", "payments", "shipping", "notifications" })
        {
            await sandbox.WaitForConsumer(queue);
        }

        // The product of the contract's example.
        await StockFile.Load(
            sandbox.Connection("inventory"),
            "inventory",
            [new StockLine("p-07", "What is ordered", 1_000_000)],
            CancellationToken.None
        );
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        participants.Dispose();
        await sandbox.DisposeAsync();
    }

    [TestCase("inventory")]
    [TestCase("payments")]
    [TestCase("shipping")]
    [TestCase("notifications")]
    public async Task Should_keep_the_contract(string queue)
    {
        var file = Path.Combine(TestServers.Root, "infra/sample/certify.json");
        var controls = new Controls(Restart, End, Begin);
        var certified = await sandbox.Certify(queue, controls, "--cases", file, "--console", Certifying.ConsoleAddress, "--patience", "30");
        TestContext.Out.WriteLine(certified.Output);
        certified.Failed.ShouldBeEmpty();
        certified.Errors.ShouldBeEmpty();
        certified.Status.ShouldBe(0);
        certified.Held.ShouldContain("crash");
    }

    // Without the crashes, which are the same in each format.
    [TestCase("payments", "json")]
    [TestCase("shipping", "cloudevents")]
    [TestCase("notifications", "cloudevents-binary")]
    public async Task Should_keep_the_contract_in_another_format(string queue, string format)
    {
        var file = Path.Combine(TestServers.Root, "infra/sample/certify.json");
        var certified = await sandbox.Certify(queue, controls: null, "--cases", file, "--patience", "30", "--format", format);
        TestContext.Out.WriteLine(certified.Output);
        certified.Failed.ShouldBeEmpty();
        certified.Errors.ShouldBeEmpty();
        certified.Status.ShouldBe(0);
        new[] { "unknown-type", "malformed", "no-good-letters" }.ShouldBeSubsetOf(certified.Held);
    }

    private Task Restart(CancellationToken cancellationToken)
    {
        participants.Kill();
        return Begin(cancellationToken);
    }

    private async Task End(CancellationToken cancellationToken) => (await participants.Terminate()).ShouldBe(0);

    private Task Begin(CancellationToken cancellationToken)
    {
        participants.Dispose();
        participants = ServiceProcess.Participants(sandbox, log);
        return Task.CompletedTask;
    }
}
