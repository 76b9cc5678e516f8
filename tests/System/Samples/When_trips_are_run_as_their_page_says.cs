using System.Diagnostics;
using System.Text.RegularExpressions;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Samples;

/// <summary>
/// Types samples/trips/README.md: a document is registered over REST, five participants that no plan has named before get what they need,
/// and 200 trips are booked, a quarter of them on flights that are sold out.
/// </summary>
public sealed partial class When_trips_are_run_as_their_page_says
{
    private const int Trips = 200;
    private const int SoldOut = Trips / 4;
    private static readonly string Page = File.ReadAllText(Path.Combine(TestServers.Root, "samples/trips/README.md"));

    private readonly string log = Path.GetTempFileName();
    private readonly int port = FreePort.Find();
    private Sandbox sandbox = null!;
    private ServiceProcess orchestrator = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        await NodePackages.Install();
        sandbox = await Sandbox.Create();
        orchestrator = ServiceProcess.Orchestrator(sandbox, port, log);
        using var api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Eventually.True(() => IsReady(api), "the orchestrator is ready");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        orchestrator.Dispose();
        await sandbox.DisposeAsync();
    }

    [Test]
    [Property("Rule", "S3")]
    [Property("Rule", "S4")]
    [Property("Rule", "S24")]
    public async Task Should_end_every_trip_with_every_effect_once_and_undone_in_reverse()
    {
        (await Type()).ShouldContain($"{Trips} trips: {Trips - SoldOut} completed, {SoldOut} failed and taken back.");
        await ShouldBe(Trips - SoldOut, "orchestrator.saga where type = 'trip-booking' and state = 'Completed'");
        await ShouldBe(SoldOut, "orchestrator.saga where type = 'trip-booking' and state = 'Failed'");
        foreach (var paid in new[] { "flights", "cards", "tickets" })
        {
            await ShouldBe(Trips - SoldOut, $"{paid}.entry where what = 'done'");
            await ShouldBe(0, $"{paid}.entry where what = 'undone'");
        }

        foreach (var booked in new[] { "hotels", "cars" })
        {
            // A hotel that hears of the undoing first never books.
            var done = $"(select count(*) from {booked}.entry e where e.saga_id = s.id and e.what = 'done')";
            var undone = $"(select count(*) from {booked}.entry e where e.saga_id = s.id and e.what = 'undone')";
            await ShouldBe(0, $"orchestrator.saga s where {undone} <> case s.state when 'Failed' then {done} else 0 end");
        }

        await ShouldBe(0, "hotels.entry h join cars.entry c using (saga_id) where h.what = 'undone' and c.what = 'undone' and h.at < c.at");
        (await sandbox.Query<long>("select count(*) from cars.entry where what = 'undone'")).ShouldBeGreaterThan(0);
        foreach (var participant in new[] { "flights", "hotels", "cars", "cards", "tickets" })
        {
            (await sandbox.Peek($"{participant}.dead-letter")).ShouldBeEmpty();
        }
    }

    private async Task ShouldBe(int count, string from) =>
        (await sandbox.Query<long>($"select count(*) from {from}")).ShouldBe(count, from);

    // The first block says where everything is; here it is elsewhere.
    private async Task<string> Type()
    {
        var blocks = Blocks().Matches(Page).Select(block => block.Groups["text"].Value).ToArray();
        blocks.Length.ShouldBe(2);
        var given = Given();
        Names().Matches(blocks[0]).Select(name => name.Value).ShouldBe(given.Keys, ignoreOrder: true);
        var start = new ProcessStartInfo(
            "bash",
            [
                "-c",
                $$"""
                set -euo pipefail
                set -m
                trap 'for job in $(jobs -p); do kill -- "-$job" || true; done; wait' EXIT
                {{blocks[1]}}
                """,
            ]
        )
        {
            WorkingDirectory = TestServers.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in given)
        {
            start.Environment[name] = value;
        }

        using var shell = Process.Start(start)!;
        var complained = shell.StandardError.ReadToEndAsync();
        var said = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        shell.ExitCode.ShouldBe(0, said + await complained + await File.ReadAllTextAsync(log));
        return said;
    }

    private Dictionary<string, string> Given()
    {
        var postgres = new Npgsql.NpgsqlConnectionStringBuilder(TestServers.Postgres);
        return new()
        {
            ["PGPORT"] = postgres.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["PGDATABASE"] = sandbox.Name,
            ["MIGRATOR_PASSWORD"] = postgres.Password!,
            ["RABBITMQ_PORT"] = TestServers.RabbitMqPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["RABBITMQ_VHOST"] = sandbox.Name,
            ["SAGAS_BROKER_CONSOLE"] = Environment.GetEnvironmentVariable("SAGA_TEST_RABBITMQ_CONSOLE")!,
            ["SAGAS_SERVER"] = $"http://127.0.0.1:{port}",
            // The sandbox's API answers its own machine, and asks for no token.
            ["SAGAS_TOKEN"] = string.Empty,
        };
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

    [GeneratedRegex("^```sh\n(?<text>.*?)^```$", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\b[A-Z]+(_[A-Z]+)*(?==)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();

    private const RegexOptions Options = RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture;
}
