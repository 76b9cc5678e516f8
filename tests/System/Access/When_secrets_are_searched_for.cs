using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Access;

/// <summary>Secrets of the settings carry a mark. After orders, refusals and failures it stands nowhere that it should not.</summary>
public sealed class When_secrets_are_searched_for
{
    private const string Mark = "MARKED5ECRET";

    [Test]
    public async Task Should_find_none_in_logs_tables_answers_and_arguments()
    {
        await using var sandbox = await Sandbox.Create();
        var log = Path.GetTempFileName();
        var port = FreePort.Find();
        // A password that does not hold: the reads fail, and say so.
        var reads = new NpgsqlConnectionStringBuilder(sandbox.Connection("orchestrator")) { Password = Mark }.ConnectionString;
        using var orchestrator = ServiceProcess.Orchestrator(
            sandbox,
            port,
            log,
            ("ConnectionStrings__Reads", reads),
            ("Console__ApiKey", "console." + Mark + Mark + Mark),
            ("Auth__AllowAnonymous", "true")
        );
        using var participants = ServiceProcess.Participants(
            sandbox,
            log,
            ["--services", "inventory"],
            ("inventory__RabbitMq__Password", Mark)
        );
        using var api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await StockLoaded(sandbox);
        var answers = new List<string>();
        await Eventually.True(async () => await Asked(api, "/health/live", answers) == 200, "the orchestrator answers");
        await api.StartSaga(Order.Of());
        api.DefaultRequestHeaders.Add("X-Api-Key", "nobody." + Mark);
        await Asked(api, "/api/v1/sagas", answers);
        await Asked(api, "/health/ready", answers);
        await Eventually.True(
            async () => (await File.ReadAllTextAsync(log)).Contains("ACCESS_REFUSED", StringComparison.Ordinal),
            "the broker has refused a password"
        );

        (await File.ReadAllTextAsync(log)).ShouldNotContain(Mark);
        answers.ShouldAllBe(answer => !answer.Contains(Mark));
        (await Dump(sandbox)).ShouldNotContain(Mark);
        Arguments().ShouldAllBe(line => !line.Contains(Mark));
    }

    private static Task StockLoaded(Sandbox sandbox) =>
        Eventually.True(
            async () =>
            {
                try
                {
                    await StockFile.Load(
                        sandbox.Connection("inventory"),
                        "inventory",
                        [new StockLine("p1", "Product 1", 1000)],
                        CancellationToken.None
                    );
                    return true;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            "the inventory has its schema"
        );

    private static async Task<int> Asked(HttpClient api, string path, List<string> answers)
    {
        try
        {
            var answer = await api.GetAsync(path);
            answers.Add(answer + await answer.Content.ReadAsStringAsync());
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private static async Task<string> Dump(Sandbox sandbox)
    {
        var postgres = new NpgsqlConnectionStringBuilder(sandbox.Connection("postgres"));
        var start = new ProcessStartInfo(
            "/usr/lib/postgresql/15/bin/pg_dump",
            ["-h", postgres.Host!, "-p", postgres.Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", sandbox.Name]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["PGPASSWORD"] = postgres.Password;
        using var dump = Process.Start(start)!;
        var text = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        text.ShouldContain("order-");
        return text;
    }

    private static IEnumerable<string> Arguments()
    {
        foreach (
            var process in Directory
                .EnumerateDirectories("/proc")
                .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _))
        )
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            yield return line;
        }
    }
}
