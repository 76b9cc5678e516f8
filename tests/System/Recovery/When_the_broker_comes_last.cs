using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

/// <summary>
/// It is not there yet, or does not let the service in yet: the service tries again for ever, and says meanwhile that it is not ready.
/// </summary>
public sealed class When_the_broker_comes_last
{
    private readonly int port = FreePort.Find();
    private readonly string log = Path.GetTempFileName();
    private Sandbox sandbox = null!;
    private HttpClient api = null!;

    [SetUp]
    public async Task Create()
    {
        sandbox = await Sandbox.Create();
        api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    [TearDown]
    public async Task Drop()
    {
        api.Dispose();
        await sandbox.DisposeAsync();
    }

    [Test]
    public async Task Should_wait_until_it_is_there()
    {
        await using var line = CutLine.To(TestServers.RabbitMqPort);
        line.Refuse();
        using var orchestrator = ServiceProcess.Orchestrator(
            sandbox,
            port,
            log,
            ("RabbitMq__Port", line.Port.ToString(CultureInfo.InvariantCulture))
        );
        await Eventually.True(() => Answers("/health/live", HttpStatusCode.OK), "the orchestrator is alive");
        await Eventually.True(() => Task.FromResult(line.Refused > 10), "it has tried again and again");
        (await Answers("/health/ready", HttpStatusCode.ServiceUnavailable)).ShouldBeTrue();

        line.Mend();

        await Eventually.True(() => Answers("/health/ready", HttpStatusCode.OK), "the orchestrator is ready");
    }

    [Test]
    public async Task Should_wait_until_it_lets_the_service_in()
    {
        var permissions = $"/api/permissions/{sandbox.Name}/orchestrator";
        var granted = await sandbox.Console.GetFromJsonAsync<JsonElement>(permissions);
        (await sandbox.Console.DeleteAsync(permissions)).EnsureSuccessStatusCode();
        using var orchestrator = ServiceProcess.Orchestrator(sandbox, port, log);
        await Eventually.True(() => Answers("/health/live", HttpStatusCode.OK), "the orchestrator is alive");
        await Eventually.True(Refused, "it was refused");
        (await Answers("/health/ready", HttpStatusCode.ServiceUnavailable)).ShouldBeTrue();

        (
            await sandbox.Console.PutAsJsonAsync(
                permissions,
                new
                {
                    configure = granted.GetProperty("configure").GetString(),
                    write = granted.GetProperty("write").GetString(),
                    read = granted.GetProperty("read").GetString(),
                }
            )
        ).EnsureSuccessStatusCode();

        await Eventually.True(() => Answers("/health/ready", HttpStatusCode.OK), "the orchestrator is ready");
    }

    private async Task<bool> Answers(string path, HttpStatusCode status)
    {
        try
        {
            using var answer = await api.GetAsync(path);
            return answer.StatusCode == status;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<bool> Refused()
    {
        await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return (await reader.ReadToEndAsync()).Contains("Connection Failed", StringComparison.Ordinal);
    }
}
