using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Runner;

public sealed class When_a_setting_is_missing_or_wrong
{
    [TestCase(
        "participants",
        "ConnectionStrings__payments",
        "",
        "The connection string 'payments' is missing. Set ConnectionStrings__payments"
    )]
    [TestCase(
        "participants",
        "ConnectionStrings__payments",
        "postgres://me:secret@here",
        "The connection string 'payments' cannot be read. Correct ConnectionStrings__payments"
    )]
    [TestCase(
        "participants",
        "ConnectionStrings__Migrator",
        "Host=here;Port=many",
        "The connection string 'Migrator' cannot be read. Correct ConnectionStrings__Migrator"
    )]
    [TestCase("participants", "RabbitMq__Port", "many", "RabbitMq:Port")]
    [TestCase("participants", "payments__RabbitMq__Password__File", "/nowhere/broker", "payments:RabbitMq:Password:File names")]
    [TestCase(
        "orchestrator",
        "ConnectionStrings__Orchestrator__File",
        "/nowhere/database",
        "ConnectionStrings:Orchestrator:File names '/nowhere/database', which is not there. Mount it there"
    )]
    [TestCase("orchestrator", "Console__ApiKey__File", "/nowhere/key", "Console:ApiKey:File names '/nowhere/key'")]
    [TestCase(
        "orchestrator",
        "ConnectionStrings__Orchestrator",
        "",
        "The connection string 'Orchestrator' is missing. Set ConnectionStrings__Orchestrator"
    )]
    [TestCase(
        "orchestrator",
        "ConnectionStrings__Orchestrator",
        "secret",
        "The connection string 'Orchestrator' cannot be read. Correct ConnectionStrings__Orchestrator"
    )]
    [TestCase("orchestrator", "RabbitMq__Port", "many", "RabbitMq:Port")]
    public async Task Should_say_so_in_one_line_and_end_with_status_1(string program, string key, string value, string line)
    {
        await using var sandbox = await Sandbox.Create();
        var log = Path.GetTempFileName();
        using (
            var process =
                program == "participants"
                    ? ServiceProcess.Participants(sandbox, log, (key, value))
                    : ServiceProcess.Orchestrator(sandbox, FreePort.Find(), log, (key, value))
        )
        {
            await process.Exited();
            process.ExitStatus.ShouldBe(1);
        }

        var said = await File.ReadAllTextAsync(log);
        said.ShouldContain(line);
        said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1, said);
        said.ShouldNotContain("secret");
    }
}
