using System.Globalization;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>
/// What a release is tried on: a storm on every set-up of the broker, then how soon the system is back from a kill, and what it does in a
/// storm.
/// </summary>
internal static class ReleaseTier
{
    private const int Sagas = 20_000;
    private const int Kills = 400;
    private const int FailOvers = 20;
    private const double KillMinutes = 2.5;
    private const double StormMinutes = 2;
    private const double FullLoadMinutes = 3;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.5);

    // A kill every ten seconds or so, which is still more often than a release is asked for. At the storms' interval some process is always
    // starting.
    private static readonly TimeSpan FullLoadInterval = TimeSpan.FromSeconds(4);

    public static async Task<int> Run(ChaosOptions basis, CancellationToken cancellationToken)
    {
        var results = new List<(string Name, ChaosResults Results)>();
        foreach (var (name, options) in Runs(basis))
        {
            var run = await Try(options, cancellationToken);
            ChaosReport.Tell(run, Console.Out);
            results.Add((name, run));
            ReleaseReport.Write(results, Path.Combine(basis.Logs, "release.md"));
        }

        Console.WriteLine(await File.ReadAllTextAsync(Path.Combine(basis.Logs, "release.md"), cancellationToken));
        var missed = Missed([.. results.Select(run => run.Results)]).ToArray();
        foreach (var what in missed)
        {
            Console.WriteLine($"Less than a release is tried on: {what}.");
        }

        return missed.Length == 0 && results.All(run => run.Results.Violations == 0) ? 0 : 1;
    }

    // One that cannot be finished does not keep the others from being run.
    private static async Task<ChaosResults> Try(ChaosOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await ChaosRun.Run(options, Console.Error, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine(exception);
            return ChaosResults.Unfinished(options, exception);
        }
    }

    private static IEnumerable<string> Missed(IReadOnlyList<ChaosResults> runs)
    {
        foreach (
            var (what, done, least) in new[]
            {
                ("sagas", runs.Sum(run => run.Accepted), Sagas),
                ("kills", runs.Sum(run => run.Kills.Count), Kills),
                ("failovers", runs.Sum(run => run.Kills.Count(kill => kill.Name == ServerFaults.FailOverName)), FailOvers),
            }
        )
        {
            if (done < least)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{done} of {least} {what}");
            }
        }
    }

    private static IEnumerable<(string Name, ChaosOptions Options)> Runs(ChaosOptions basis)
    {
        var storm = basis with { Minutes = StormMinutes, Interval = Interval, Sagas = (Sagas / BrokerSetup.All.Count) + 1 };
        foreach (var (setup, index) in BrokerSetup.All.Select((setup, index) => (setup, index)))
        {
            // Two of three give up so soon that many outcomes stay unknown, one of them before the command can have been sent again.
            var patience = index % 3 == 0 ? basis : basis with { StepTimeout = TimeSpan.FromSeconds(3), Attempts = index % 3 == 1 ? 3 : 1 };
            yield return (
                setup.Name,
                storm with
                {
                    Seed = basis.Seed + index,
                    Broker = setup,
                    PostgresServers = setup.SmallDisks ? 1 : 2,
                    StepTimeout = patience.StepTimeout,
                    Attempts = patience.Attempts,
                    Logs = Folder(basis, index + 1),
                }
            );
        }

        var next = BrokerSetup.All.Count + 1;
        var kills = basis with { OneByOne = true, Failing = 0, Minutes = KillMinutes, Sagas = (int)(KillMinutes * 600) };
        yield return (
            "kills one by one, two orchestrators",
            kills with
            {
                Seed = basis.Seed + next,
                Replicas = 2,
                Logs = Folder(basis, next),
            }
        );
        yield return (
            "kills one by one, one orchestrator",
            kills with
            {
                Seed = basis.Seed + next + 1,
                Replicas = 1,
                Logs = Folder(basis, next + 1),
            }
        );
        yield return (
            "as fast as it can",
            basis with
            {
                Minutes = FullLoadMinutes,
                Interval = FullLoadInterval,
                InFlight = 1000,
                Calm = TimeSpan.FromSeconds(30),
                Seed = basis.Seed + next + 2,
                Logs = Folder(basis, next + 2),
            }
        );
    }

    private static string Folder(ChaosOptions basis, int number) =>
        Path.Combine(basis.Logs, number.ToString("00", CultureInfo.InvariantCulture));
}
