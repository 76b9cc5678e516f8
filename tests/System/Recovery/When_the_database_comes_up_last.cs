using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

public sealed class When_the_database_comes_up_last
{
    [Test]
    public async Task Should_wait_for_it_and_say_so()
    {
        await using var sandbox = await Sandbox.Create();
        await sandbox.Block();
        var (port, log) = (FreePort.Find(), Path.GetTempFileName());
        using var orchestrator = ServiceProcess.Orchestrator(sandbox, port, log);
        using var participants = ServiceProcess.Participants(sandbox, log + ".participants");
        await Eventually.True(() => Said(log), "the orchestrator says that it waits");
        await Eventually.True(() => Said(log + ".participants"), "the participants say that they wait");

        await sandbox.Unblock();

        using var api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Eventually.True(async () => await IsReady(api), "the orchestrator is ready");
        await Eventually.True(
            () => sandbox.Query<bool>("select to_regclass('notifications.notification') is not null"),
            "the participants' schemas are there"
        );
    }

    private static async Task<bool> Said(string log)
    {
        await using var file = new FileStream(log, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return (await reader.ReadToEndAsync()).Contains("The database is not ready, trying again", StringComparison.Ordinal);
    }

    private static async Task<bool> IsReady(HttpClient api)
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
