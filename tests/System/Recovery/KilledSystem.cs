using System.Text.Json.Nodes;
using Npgsql;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Runner.Check;
using SagaOrchestrator.Runner.Orders;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

/// <summary>Orchestrator and participants as processes on a sandbox, with orders running through while they are killed.</summary>
internal sealed class KilledSystem : IAsyncDisposable
{
    private readonly Sandbox sandbox;
    private readonly int port = FreePort.Find();
    private readonly IReadOnlyList<string> own;
    private readonly (string, string)[] settings;

    private KilledSystem(Sandbox sandbox, IReadOnlyList<string> own, (string, string)[] settings)
    {
        this.sandbox = sandbox;
        this.own = own;
        this.settings = settings;
        Api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Pusher = new OrderPusher(Api);
    }

    public HttpClient Api { get; }

    public Sandbox Sandbox => sandbox;

    public OrderPusher Pusher { get; }

    public string OrchestratorLog { get; } = Path.GetTempFileName();

    public string ParticipantsLog { get; } = Path.GetTempFileName();

    private ServiceProcess Orchestrator { get; set; } = null!;

    private ServiceProcess Participants { get; set; } = null!;

    public static Task<KilledSystem> Start(params (string, string)[] more) => StartWith(ServerEvidence.AllServices, more);

    /// <param name="own">The participants of this project that take part; somebody else does the work of the others.</param>
    /// <param name="more">More settings.</param>
    public static async Task<KilledSystem> StartWith(IReadOnlyList<string> own, params (string, string)[] more)
    {
        var system = new KilledSystem(
            await Sandbox.CreateMigrated(),
            own,
            [
                ("OrderFulfillment__StepTimeout", "00:00:05"),
                ("OrderFulfillment__FirstRetryDelay", "00:00:00.200"),
                ("OrderFulfillment__Attempts", "5"),
                .. more,
            ]
        );
        system.StartOrchestrator();
        system.StartParticipants();
        await system.Ready();
        await Eventually.True(
            () => system.sandbox.Query<bool>("select to_regclass('notifications.notification') is not null"),
            "the participants' schemas are there"
        );
        var stock = Enumerable.Range(1, 5).Select(number => new StockLine($"p{number}", $"Product {number}", 300)).ToList();
        await StockFile.Load(system.sandbox.Connection("inventory"), "inventory", stock, CancellationToken.None);
        return system;
    }

    /// <summary>Orders of every kind: good ones, flaky ones, and ones that each participant rejects.</summary>
    public Task Push(int orders) =>
        Pusher.Push(
            Enumerable.Range(0, orders).Select(number => new OrderLine("orders", number, Kind(number).ToJsonString(), Problem: null)),
            _ => { },
            CancellationToken.None
        );

    private static JsonObject Kind(int number) =>
        (number % 10) switch
        {
            3 => Order.Of(product: "p1", quantity: 121, unitPrice: 1),
            5 => Order.Of(product: "p2", quantity: 100, unitPrice: 51),
            7 => Order.Of(product: "p3", token: "tok_flaky"),
            9 => Order.Of(product: "p4", street: null),
            _ => Order.Of(product: "p5"),
        };

    public void KillOrchestrator()
    {
        Orchestrator.Kill();
        Orchestrator.Dispose();
    }

    public void StartOrchestrator(params (string, string)[] more) =>
        Orchestrator = ServiceProcess.Orchestrator(sandbox, port, OrchestratorLog, [.. settings, .. more]);

    public Task OrchestratorDied() => Orchestrator.Exited();

    public Task ParticipantsDied() => Participants.Exited();

    /// <summary>How many messages a queue holds, as the console says a few seconds later.</summary>
    public Task<long> Waiting(string queue) => sandbox.Count(queue);

    /// <summary>Waits for messages in a queue, and takes them away.</summary>
    public Task<IReadOnlyList<BrokerMessage>> Take(string queue) =>
        Eventually.Get(() => sandbox.Peek(queue, take: true), taken => taken.Count > 0, $"messages in {queue}");

    public NpgsqlDataSource Database() => sandbox.Database();

    /// <summary>A replica on a port of its own; the caller disposes it.</summary>
    public ServiceProcess StartSecondOrchestrator() =>
        ServiceProcess.Orchestrator(sandbox, FreePort.Find(), OrchestratorLog + ".second", settings);

    public void KillParticipants()
    {
        Participants.Kill();
        Participants.Dispose();
    }

    public void StartParticipants(params (string, string)[] more) =>
        Participants = ServiceProcess.Participants(sandbox, ParticipantsLog, ["--services", .. own], [.. settings, .. more]);

    public Task Ready() =>
        Eventually.True(
            async () =>
            {
                try
                {
                    return (await Api.GetAsync("/health/ready")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the orchestrator is ready"
        );

    /// <summary>Waits until so many orders have ended.</summary>
    public Task Ended(int orders) =>
        Eventually.Get(
            () => sandbox.Query<long>("select count(*) from orchestrator.saga where state in ('Completed', 'Failed')"),
            ended => ended >= orders,
            $"{orders} sagas have ended"
        );

    /// <summary>
    /// The check that infra/run makes, from outside, by the participants' answers; and by what they know themselves, when all are our own.
    /// </summary>
    public async Task<IReadOnlyList<CheckResult>> Check()
    {
        using var evidence = new ServerEvidence(
            sandbox.Connection("postgres"),
            new Uri(Environment.GetEnvironmentVariable("SAGA_TEST_RABBITMQ_CONSOLE")!),
            own,
            sandbox.Name
        );
        return await Eventually.Get(
            async () =>
            {
                var gathered = await evidence.Gather(CancellationToken.None);
                return own.Count == ServerEvidence.AllServices.Count
                    ? [.. EndCheck.Run(gathered), .. EndCheck.Run(gathered with { Effects = await Fences() })]
                    : EndCheck.Run(gathered);
            },
            checks => checks.All(check => check.Holds),
            "the end check"
        );
    }

    private Task<IReadOnlyList<EffectFact>> Fences() => FenceEffects.Read(sandbox.Connection("postgres"), CancellationToken.None);

    public Task<T> Query<T>(string sql) => sandbox.Query<T>(sql);

    public async ValueTask DisposeAsync()
    {
        Orchestrator.Dispose();
        Participants.Dispose();
        Api.Dispose();
        await sandbox.DisposeAsync();
    }
}
