using System.CommandLine;
using System.Globalization;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var minutes = new Option<double>("--minutes") { DefaultValueFactory = _ => 3, Description = "How long faults strike (3)." };
        var sagas = new Option<int>("--sagas") { DefaultValueFactory = _ => 1000, Description = "How many sagas are started meanwhile (1000)." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => Random.Shared.Next(1, 1_000_000), Description = "What orders and faults are drawn from (random; printed)." };
        var failing = new Option<double>("--failing") { DefaultValueFactory = _ => 0.4, Description = "The share of orders that a participant rejects (0.4)." };
        var interval = new Option<double>("--interval") { DefaultValueFactory = _ => 2, Description = "The mean time between two faults, in seconds (2)." };
        var replicas = new Option<int>("--replicas") { DefaultValueFactory = _ => 2, Description = "How many orchestrators (2)." };
        var brokers = new Option<int>("--broker-nodes") { DefaultValueFactory = _ => 3, Description = "How many nodes of RabbitMQ (3)." };
        var postgres = new Option<int>("--postgres-servers") { DefaultValueFactory = _ => 2, Description = "One Postgres, or a primary and a standby (2)." };
        var ports = new Option<int>("--port-base") { DefaultValueFactory = _ => 23400, Description = "The first of the ports (23400)." };
        var root = new Option<string>("--root") { Required = true, Description = "The clone." };
        var logs = new Option<string>("--logs") { Required = true, Description = "Where journal and logs go." };
        var command = new RootCommand("Breaks a running system in every way there is, and checks from outside that nothing is lost and nothing happens twice.")
        {
            minutes, sagas, seed, failing, interval, replicas, brokers, postgres, ports, root, logs,
        };
        command.SetAction(async parsed =>
        {
            var options = new ChaosOptions(
                parsed.GetValue(minutes), parsed.GetValue(sagas), parsed.GetValue(seed), parsed.GetValue(failing), TimeSpan.FromSeconds(parsed.GetValue(interval)),
                parsed.GetValue(replicas), parsed.GetValue(brokers), parsed.GetValue(postgres), parsed.GetValue(ports), parsed.GetRequiredValue(root),
                Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"saga-chaos-{Environment.ProcessId}")), parsed.GetRequiredValue(logs));
            using var journal = new Journal(Path.Combine(options.Logs, "journal.log"), Console.Error);
            var results = await ChaosRun.Run(options, journal);
            ChaosReport.Tell(results, Console.Out);
            return results.Violations == 0 ? 0 : 1;
        });
        return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }
}
