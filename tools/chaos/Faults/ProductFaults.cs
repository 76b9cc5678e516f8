using System.Globalization;
using SagaOrchestrator.Chaos.Nodes;
using SagaOrchestrator.Chaos.Processes;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>What happens to a process of the product: killed, paused, restarted, replaced by another version, its clock set.</summary>
/// <param name="journal">Where it is written down.</param>
/// <param name="kills">Where kills are noted.</param>
/// <param name="othersServe">Whether its work is done when a process ends.</param>
/// <param name="rollsBack">Whether the former version is deployed again too.</param>
/// <param name="outages">Where it is noted which participant was stopped for long.</param>
/// <param name="allAttempts">How long all attempts of a step take together.</param>
internal sealed class ProductFaults(
    Journal journal,
    KillLog kills,
    Func<ProductNode, Task<bool>> othersServe,
    bool rollsBack,
    OutageLog outages,
    TimeSpan allAttempts
)
{
    private static readonly double[] Offsets = [-600, -90, 90, 3600];
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);

    public IEnumerable<Fault> Of(ProductNode node)
    {
        var (kill, pause, restart) = node.Process.Kind == ProcessKind.Orchestrator ? (4, 1.5, 1.0) : (3, 0.7, 0.5);
        yield return new Fault("kill", node.Name, kill, (dice, heal) => Kill(node.Process, Fault.Draw(dice, 0, 3), heal));
        yield return new Fault("pause", node.Name, pause, (dice, heal) => Pause(node.Process, dice, heal));
        yield return new Fault("restart", node.Name, restart, (_, heal) => Restart(node, heal));
        yield return new Fault("deploy", node.Name, restart, (_, heal) => Deploy(node, heal));
        if (node.Process.Kind == ProcessKind.Participant)
        {
            yield return new Fault("outage", node.Name, 0.1, (dice, heal) => StopForLong(node.Process, dice, heal));
        }

        if (node.Clock is { } clock)
        {
            // In a place of its own: a process with a wrong clock is killed and cut off like any other.
            yield return new Fault("clock", $"clock of {node.Name}", 1, (dice, heal) => SetClock(node.Name, clock, dice, heal));
        }
    }

    /// <summary>Killed and started again at once.</summary>
    public Fault KillOf(ProductNode node) => new("kill", node.Name, 1, (_, _) => Kill(node.Process, TimeSpan.Zero, CancellationToken.None));

    private async Task Kill(OwnedProcess process, TimeSpan away, CancellationToken heal)
    {
        journal.Write("kill", string.Create(CultureInfo.InvariantCulture, $"{process.Name} ({process.Id})"));
        kills.Add(journal.Now, process.Kind, process.Name);
        await process.Kill();
        await Wait.For(away, heal);
        process.Start();
    }

    // Longer than a step's timeout, a heartbeat and Quartz's check-in: it comes back as if nothing had been, and everybody has moved on.
    private async Task Pause(OwnedProcess process, Random dice, CancellationToken heal)
    {
        var time = Fault.Draw(dice, 1, 30);
        journal.Write("pause", string.Create(CultureInfo.InvariantCulture, $"{process.Name} for {time.TotalSeconds:0.0} s"));
        process.Pause();
        await Wait.For(time, heal);
        process.Resume();
    }

    // For longer than all attempts of a step together: nothing may be given up for it.
    private async Task StopForLong(OwnedProcess process, Random dice, CancellationToken heal)
    {
        var time = allAttempts * (1.1 + (dice.NextDouble() / 2));
        journal.Write("outage", string.Create(CultureInfo.InvariantCulture, $"{process.Name} is stopped for {time.TotalSeconds:0} s"));
        await process.Terminate();
        var from = DateTimeOffset.UtcNow;
        await Wait.For(time, heal);
        outages.Add(process.Name, from, DateTimeOffset.UtcNow);
        process.Start();
    }

    private async Task Restart(ProductNode node, CancellationToken heal)
    {
        await Turn(node, heal);
        journal.Write("restart", node.Name);
        await Replace(node.Process);
    }

    // To the next version, or back from it: both run side by side, and sagas of both are under way.
    private async Task Deploy(ProductNode node, CancellationToken heal)
    {
        await Turn(node, heal);
        node.Release.IsNext = !node.Release.IsNext || !rollsBack;
        journal.Write("deploy", $"{node.Name}: {(node.Release.IsNext ? "the next version" : "the former version")}");
        await Replace(node.Process);
    }

    // Who restarts or deploys does it one by one, each when the others are ready again. A kill does not ask.
    private async Task Turn(ProductNode node, CancellationToken heal) =>
        await Wait.Until(async () => heal.IsCancellationRequested || await othersServe(node), LongestTurn, CancellationToken.None);

    private async Task Replace(OwnedProcess process)
    {
        if (!await process.Terminate())
        {
            journal.Write("STUCK", $"{process.Name} did not end within its time, and was killed");
        }
        else if (process.ExitStatus != 0)
        {
            journal.Write(
                "odd",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{process.Name} ended with status {process.ExitStatus} when it was asked to end"
                )
            );
        }

        process.Start();
    }

    private async Task SetClock(string name, ProcessClock clock, Random dice, CancellationToken heal)
    {
        var ahead = TimeSpan.FromSeconds(Offsets[dice.Next(Offsets.Length)]);
        journal.Write("clock", string.Create(CultureInfo.InvariantCulture, $"{name} is {ahead.TotalSeconds:+0;-0} s off"));
        clock.Set(ahead);
        await Wait.For(Fault.Draw(dice, 5, 60), heal);
        clock.Set(TimeSpan.Zero);
    }
}
