using SagaOrchestrator.Cli.Tests.Typing;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests;

public sealed class When_a_saga_is_paused
{
    [Test]
    public async Task Should_wait_for_somebody_and_go_on()
    {
        using var terminal = CliSystem.Open();
        var api = CliSystem.Running.Api;
        var id = await api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await api.WaitForStep(id, "await_approval", "Signal");

        var extended = await terminal.Do("extend", $"{id}", "--step", "await_approval", "--until", "40d", "--reason", "Holidays.");
        extended.ShouldContain("It would: ");
        extended.ShouldContain("Done. ");
        (await terminal.Do("pause", $"{id}", "--reason", "The warehouse moves.")).ShouldContain("Done. ");
        (await terminal.Do("explain", $"{id}")).ShouldContain("resume", Case.Insensitive);
        await terminal.Do("signal", $"{id}", "approval", "--data", """{"by": "Ann"}""");
        var resumed = await terminal.Do("resume", $"{id}", "--reason", "The warehouse has moved.", "--wait");
        resumed.ShouldContain("is Completed.");
    }
}
