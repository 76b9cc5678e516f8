using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Schema;

public sealed class When_the_schema_is_applied_by_a_command
{
    [Test]
    public async Task Should_need_nothing_but_the_migrators_connection_string_and_leave_it_out_of_the_services()
    {
        await using var sandbox = await Sandbox.Create();
        var log = Path.GetTempFileName();
        (await Ended(ServiceProcess.Orchestrator(sandbox, 0, log, ["migrate"], WithoutServices))).ShouldBe(0);
        (await Ended(ServiceProcess.Participants(sandbox, log, ["migrate"], WithoutServices))).ShouldBe(0);
        var said = await File.ReadAllLinesAsync(log);
        said.Select(line => line.Split(':')[0])
            .ShouldBe([
                "The schema 'orchestrator' is up to date",
                "The schema 'inventory' is up to date",
                "The schema 'payments' is up to date",
                "The schema 'shipping' is up to date",
                "The schema 'notifications' is up to date",
            ]);

        var port = FreePort.Find();
        using var orchestrator = ServiceProcess.Orchestrator(sandbox, port, log, WithoutMigrator);
        using var participants = ServiceProcess.Participants(sandbox, log, WithoutMigrator);
        using var api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await StockFile.Load(sandbox.Connection("inventory"), "inventory", [new("p1", "Product 1", 1000)], CancellationToken.None);
        await Eventually.True(() => Ready(api), "the orchestrator is ready");
        await api.Run(Order.Of(), "Completed");
    }

    [TestCase("orchestrator")]
    [TestCase("payments")]
    public async Task Should_name_the_command_where_it_was_not_run(string service)
    {
        await using var sandbox = await Sandbox.Create();
        (await StartedWithout(sandbox, service)).ShouldContain(
            $"The schema '{service}' is not there. Run the program's verb 'migrate' with ConnectionStrings__Migrator, a role that may "
                + "change tables; then start again."
        );
    }

    [TestCase("orchestrator")]
    [TestCase("payments")]
    public async Task Should_name_what_an_older_schema_lacks(string service)
    {
        await using var system = await RunningSystem.Start();
        await system.Sandbox.Execute($"delete from {service}.schema_script where name like 'outbox/%'");
        (await StartedWithout(system.Sandbox, service)).ShouldContain(
            $"The schema '{service}' is older than this program: it lacks outbox/0001"
        );
    }

    [Test]
    public async Task Should_start_on_a_newer_schema_and_say_so()
    {
        await using var system = await RunningSystem.Start();
        await system.Sandbox.Execute("insert into payments.schema_script (name) values ('kit/0999_of_tomorrow')");
        var log = Path.GetTempFileName();
        using var payments = ServiceProcess.Participants(system.Sandbox, log, ["--services", "payments"], WithoutMigrator);
        await Eventually.True(
            async () =>
                (await File.ReadAllTextAsync(log)).Contains(
                    "is newer than this program, which does not know \\\"kit/0999_of_tomorrow",
                    StringComparison.Ordinal
                ),
            "payments says that the schema is newer"
        );
        await Eventually.True(async () => await Consumers(system) == 2, "payments reads its queue");
    }

    [TestCase("orchestrator", "Orchestrator")]
    [TestCase("payments", "payments")]
    public async Task Should_not_run_with_the_migrators_connection_string_alone(string service, string name)
    {
        await using var sandbox = await Sandbox.Create();
        var log = Path.GetTempFileName();
        (await Ended(Started(sandbox, service, log, WithoutServices))).ShouldBe(1);
        (await File.ReadAllLinesAsync(log)).ShouldHaveSingleItem().ShouldContain($"The connection string '{name}' is missing.");
    }

    [Test]
    public async Task Should_name_the_key_that_it_lacks()
    {
        await using var sandbox = await Sandbox.Create();
        var log = Path.GetTempFileName();
        (await Ended(ServiceProcess.Orchestrator(sandbox, 0, log, ["migrate"], WithoutMigrator))).ShouldBe(1);
        (await Ended(ServiceProcess.Participants(sandbox, log, ["migrate"], WithoutMigrator))).ShouldBe(1);
        (await File.ReadAllLinesAsync(log)).ShouldAllBe(line => line.StartsWith("The connection string 'Migrator' is missing."));
    }

    private static (string, string)[] WithoutMigrator => [("ConnectionStrings__Migrator", "")];

    private static (string, string)[] WithoutServices =>
        [
            .. new[] { "Orchestrator", "inventory", "payments", "shipping", "notifications" }.Select(name =>
                ($"ConnectionStrings__{name}", "")
            ),
        ];

    private static async Task<string> StartedWithout(Sandbox sandbox, string service)
    {
        var log = Path.GetTempFileName();
        (await Ended(Started(sandbox, service, log, WithoutMigrator))).ShouldBe(1);
        return await File.ReadAllTextAsync(log);
    }

    private static ServiceProcess Started(Sandbox sandbox, string service, string log, (string, string)[] settings) =>
        service == "orchestrator"
            ? ServiceProcess.Orchestrator(sandbox, FreePort.Find(), log, settings)
            : ServiceProcess.Participants(sandbox, log, ["--services", service], settings);

    private static async Task<int> Ended(ServiceProcess process)
    {
        using (process)
        {
            await process.Exited();
            return process.ExitStatus;
        }
    }

    private static async Task<int> Consumers(RunningSystem system) =>
        (await system.Sandbox.Console.GetFromJsonAsync<JsonElement>($"/api/consumers/{system.Sandbox.Name}"))
            .EnumerateArray()
            .Count(consumer => consumer.GetProperty("queue").GetProperty("name").GetString() == "payments");

    private static async Task<bool> Ready(HttpClient api)
    {
        try
        {
            return (await api.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
