using System.CommandLine;
using System.Globalization;
using SagaOrchestrator.Chaos.Floods;
using SagaOrchestrator.Chaos.Nodes.Served;
using SagaOrchestrator.Chaos.Plants;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Telemetry;

namespace SagaOrchestrator.Chaos;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var minutes = new Option<double>("--minutes") { DefaultValueFactory = _ => 3, Description = "How long faults strike (3)." };
        var sagas = new Option<int>("--sagas")
        {
            DefaultValueFactory = _ => 1000,
            Description = "How many sagas are started meanwhile (1000).",
        };
        var seed = new Option<int>("--seed")
        {
            DefaultValueFactory = _ => Random.Shared.Next(1, 1_000_000),
            Description = "What orders and faults are drawn from (random; printed).",
        };
        var failing = new Option<double>("--failing")
        {
            DefaultValueFactory = _ => 0.4,
            Description = "The share of orders that a participant rejects (0.4).",
        };
        var interval = new Option<double>("--interval")
        {
            DefaultValueFactory = _ => 2,
            Description = "The mean time between two faults, in seconds (2).",
        };
        var replicas = new Option<int>("--replicas") { DefaultValueFactory = _ => 2, Description = "How many orchestrators (2)." };
        var postgres = new Option<int>("--postgres-servers")
        {
            DefaultValueFactory = _ => 2,
            Description = "One Postgres, or a primary and a standby (2).",
        };
        var setup = new Option<int>("--broker") { DefaultValueFactory = _ => 1, Description = Setups() };
        var timeout = new Option<double>("--step-timeout")
        {
            DefaultValueFactory = _ => 10,
            Description = "How long a step may take, in seconds (10).",
        };
        var attempts = new Option<int>("--attempts") { DefaultValueFactory = _ => 5, Description = "How often a step is tried (5)." };
        var oneByOne = new Option<bool>("--one-by-one")
        {
            Description = "Kills only, each when the system is back from the one before; how soon it is back is checked.",
        };
        var inFlight = new Option<int?>("--in-flight")
        {
            Description =
                "Keeps so many sagas under way, as fast as they end, in place of --sagas; the storm's throughput is compared with the "
                + "calm's.",
        };
        var contention = new Option<int>("--contention")
        {
            Description = "So many processes compute beside the product, and its thread pools are small (0).",
        };
        var outage = new Option<double?>("--outage")
        {
            Description = "Nothing but one outage of one participant, in seconds, under an even load: no order may fail for it.",
        };
        var rate = new Option<double>("--rate")
        {
            DefaultValueFactory = _ => 10,
            Description = "How many orders a second are started around --outage and --flood (10).",
        };
        var participant = new Option<string>("--participant")
        {
            DefaultValueFactory = _ => "payments",
            Description = "Whose outage (payments).",
        };
        var silent = new Option<bool>("--silent")
        {
            Description = "In its place something is connected that takes every message and answers none.",
        };
        var flood = new Option<bool>("--flood")
        {
            Description =
                "Honest orders alone, then beside floods of what waits: orphans, requeues, suspects, retries in an outage. On one "
                + "Postgres and one node of RabbitMQ unless others are asked for.",
        };
        var size = new Option<int>("--size")
        {
            DefaultValueFactory = _ => 10_000,
            Description = "How many messages each flood has (10000).",
        };
        var pour = new Option<double>("--pour")
        {
            DefaultValueFactory = _ => 500,
            Description = "How many messages of a flood come in a second; 0 for as fast as the broker takes them (500).",
        };
        var calm = new Option<double>("--calm")
        {
            DefaultValueFactory = _ => 60,
            Description = "How long honest orders come alone before the floods, in seconds (60).",
        };
        var kinds = new Option<string>("--kinds")
        {
            DefaultValueFactory = _ => string.Empty,
            Description = "Which floods, with commas: orphans, requeues, stopped, suspects, outage (all).",
        };
        var plant = new Option<PlantedBug>("--plant") { Description = "Plants a bug: the run must end with violations." };
        var plants = new Option<bool>("--plants")
        {
            Description = "Plants each bug in turn; exit status 0 only when every one of them is found.",
        };
        var release = new Option<bool>("--release")
        {
            Description = "What a release is tried on: every broker set-up, recovery, throughput. About an hour.",
        };
        var ports = new Option<int>("--port-base") { DefaultValueFactory = _ => 23400, Description = "The first of the ports (23400)." };
        var root = new Option<string>("--root") { Required = true, Description = "The clone." };
        var orchestrator = new Option<string>("--orchestrator") { Required = true, Description = "The orchestrator's program, a dll." };
        var participants = new Option<string>("--participants") { Required = true, Description = "The participants' program, a dll." };
        var logs = new Option<string>("--logs") { Required = true, Description = "Where journal and logs go." };
        var command = new RootCommand(
            "Breaks a running system in every way there is, and checks from outside that nothing is lost and nothing happens twice."
        )
        {
            minutes,
            sagas,
            seed,
            failing,
            interval,
            replicas,
            postgres,
            setup,
            timeout,
            attempts,
            oneByOne,
            inFlight,
            contention,
            outage,
            rate,
            participant,
            silent,
            flood,
            size,
            pour,
            calm,
            kinds,
            plant,
            plants,
            release,
            ports,
            root,
            orchestrator,
            participants,
            logs,
            Serve.Command(),
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var broker = BrokerSetup.All[parsed.GetValue(setup) - 1];
                var options = new ChaosOptions
                {
                    Minutes = parsed.GetValue(minutes),
                    Sagas = parsed.GetValue(sagas),
                    Seed = parsed.GetValue(seed),
                    Failing = parsed.GetValue(failing),
                    Interval = TimeSpan.FromSeconds(parsed.GetValue(interval)),
                    Replicas = parsed.GetValue(replicas),
                    PostgresServers = broker.SmallDisks ? 1 : parsed.GetValue(postgres),
                    Broker = broker,
                    StepTimeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                    Attempts = parsed.GetValue(attempts),
                    OneByOne = parsed.GetValue(oneByOne),
                    InFlight = parsed.GetValue(inFlight),
                    Calm = parsed.GetValue(inFlight) is null ? TimeSpan.Zero : TimeSpan.FromSeconds(30),
                    Contention = parsed.GetValue(contention),
                    Plant = parsed.GetValue(plant),
                    PortBase = parsed.GetValue(ports),
                    Root = parsed.GetRequiredValue(root),
                    Data = Path.Combine(
                        Path.GetTempPath(),
                        string.Create(CultureInfo.InvariantCulture, $"saga-chaos-{Environment.ProcessId}")
                    ),
                    OrchestratorDll = parsed.GetRequiredValue(orchestrator),
                    ParticipantsDll = parsed.GetRequiredValue(participants),
                    Logs = parsed.GetRequiredValue(logs),
                };
                if (parsed.GetValue(outage) is { } seconds)
                {
                    // With the product's own times.
                    var own = options with
                    {
                        StepTimeout = TimeSpan.FromSeconds(30),
                        Attempts = 3,
                    };
                    var one = new OutageOptions(
                        seconds,
                        parsed.GetValue(rate),
                        parsed.GetRequiredValue(participant),
                        parsed.GetValue(silent)
                    );
                    return await OutageRun.Run(own, one, Console.Error, cancellationToken) == 0 ? 0 : 1;
                }

                if (parsed.GetValue(flood))
                {
                    var own = options with
                    {
                        StepTimeout = TimeSpan.FromSeconds(30),
                        Attempts = 3,
                        Broker = parsed.GetResult(setup) is { Implicit: false }
                            ? options.Broker
                            : BrokerSetup.All.First(one => one.Nodes == 1),
                        PostgresServers = parsed.GetResult(postgres) is { Implicit: false } ? options.PostgresServers : 1,
                    };
                    var one = new FloodOptions(
                        parsed.GetValue(size),
                        parsed.GetValue(pour) is > 0 and var second ? second : null,
                        parsed.GetValue(rate),
                        TimeSpan.FromSeconds(parsed.GetValue(calm)),
                        parsed.GetRequiredValue(kinds).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    );
                    return await FloodRun.Run(own, one, Console.Error, cancellationToken) == 0 ? 0 : 1;
                }

                return parsed.GetValue(release) ? await ReleaseTier.Run(options, cancellationToken)
                    : parsed.GetValue(plants) ? await PlantTier.Run(options, cancellationToken)
                    : await One(options, cancellationToken);
            }
        );
        setup.Validators.Add(parsed =>
        {
            if (parsed.GetValueOrDefault<int>() < 1 || parsed.GetValueOrDefault<int>() > BrokerSetup.All.Count)
            {
                parsed.AddError($"--broker goes from 1 to {BrokerSetup.All.Count}.");
            }
        });
        return await Complaint.InOneLine(() =>
            command
                .Parse(args)
                .InvokeAsync(
                    new InvocationConfiguration
                    {
                        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
                        EnableDefaultExceptionHandler = false,
                    }
                )
        );
    }

    private static async Task<int> One(ChaosOptions options, CancellationToken cancellationToken)
    {
        var results = await ChaosRun.Run(options, Console.Error, cancellationToken);
        ChaosReport.Tell(results, Console.Out);
        return results.Violations == 0 ? 0 : 1;
    }

    private static string Setups() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"How RabbitMQ is set up (1): {string.Join(", ", BrokerSetup.All.Select((setup, index) => $"{index + 1} {setup.Name}"))}."
        );
}
