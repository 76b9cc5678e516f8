using System.Globalization;
using SagaOrchestrator.Chaos.Processes;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>What happens to the database and to the broker's nodes.</summary>
internal sealed class ServerFaults(Journal journal, KillLog kills)
{
    private const string Postgres = "postgres";
    private const string Broker = "broker";

    public IEnumerable<Fault> Of(Database database)
    {
        yield return new Fault("kill backend", Postgres, 2, (dice, _) => KillBackend(database.Primary, dice));
        yield return new Fault("kill", Postgres, 2, (dice, heal) => KillPostgres(database.Primary, dice, heal));
        yield return new Fault("cut sessions", Postgres, 1, (_, _) => CutSessions(database.Primary));
        if (database.HasStandby)
        {
            yield return new Fault("fail over", Postgres, 2, (_, _) => FailOver(database));
        }
    }

    /// <summary>One node at a time, so that a majority is left.</summary>
    public IEnumerable<Fault> Of(BrokerCluster broker)
    {
        foreach (var node in broker.Nodes)
        {
            var share = 1.0 / broker.Nodes.Count;
            yield return new Fault("kill", Broker, 3 * share, (dice, heal) => Kill(broker, node, dice, heal));
            yield return new Fault("pause", Broker, 1 * share, (dice, heal) => Pause(broker, node, dice, heal));
            yield return new Fault("cut connections", Broker, 1 * share, (_, _) => CutConnections(node));
        }
    }

    // Postgres then restarts all of its processes, because that one may have left the shared memory broken.
    private Task KillBackend(PostgresServer postgres, Random dice)
    {
        var backends = postgres.Backends();
        if (backends.Count > 0)
        {
            var (id, command) = backends[dice.Next(backends.Count)];
            journal.Write("kill", string.Create(CultureInfo.InvariantCulture, $"backend ({id}) {command}"));
            kills.Add(journal.Now, ProcessKind.Postgres, "backend");
            Signals.Send(id, Signals.Kill);
        }

        return Task.CompletedTask;
    }

    private async Task KillPostgres(PostgresServer postgres, Random dice, CancellationToken heal)
    {
        journal.Write("kill", string.Create(CultureInfo.InvariantCulture, $"{postgres.Process.Name} ({postgres.Process.Id}) and everything below it"));
        kills.Add(journal.Now, ProcessKind.Postgres, Postgres);
        await postgres.KillAll();
        await Wait.For(Fault.Draw(dice, 0, 4), heal);
        await postgres.Start();
    }

    private async Task FailOver(Database database)
    {
        var old = database.Primary.Process;
        journal.Write("kill", string.Create(CultureInfo.InvariantCulture, $"{old.Name} ({old.Id}), the standby takes its place"));
        kills.Add(journal.Now, ProcessKind.Postgres, "failover");
        await database.FailOver();
        journal.Write("paired", $"{database.Primary.Process.Name} is the primary, {old.Name} follows it");
    }

    private async Task CutSessions(PostgresServer postgres)
    {
        journal.Write("cut", "every session of the database");
        await postgres.Execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'saga' and pid <> pg_backend_pid()", "postgres");
    }

    private async Task Kill(BrokerCluster broker, BrokerNode node, Random dice, CancellationToken heal)
    {
        journal.Write("kill", node.Script.Name);
        kills.Add(journal.Now, ProcessKind.Broker, node.Script.Name);
        await node.Kill();
        await Wait.For(Fault.Draw(dice, 0, 5), heal);
        node.Start();
        await broker.Answers(node);
    }

    // A node that was away for longer than the others wait comes back with a partition that does not heal by itself: it is restarted.
    private async Task Pause(BrokerCluster broker, BrokerNode node, Random dice, CancellationToken heal)
    {
        var time = Fault.Draw(dice, 1, 25);
        journal.Write("pause", string.Create(CultureInfo.InvariantCulture, $"{node.Script.Name} for {time.TotalSeconds:0.0} s"));
        node.Pause();
        await Wait.For(time, heal);
        node.Resume();
        if (await Partitioned(broker, node))
        {
            journal.Write("mend", $"{node.Script.Name} is partitioned from the others, and is restarted");
            await node.Kill();
            node.Start();
        }

        await broker.Answers(node);
    }

    private static async Task<bool> Partitioned(BrokerCluster broker, BrokerNode node)
    {
        var seen = false;
        await Wait.Until(
            async () =>
            {
                var others = await broker.PartitionsSeenBy(node);
                seen = others is { Count: > 0 };
                return seen || others is not null;
            },
            TimeSpan.FromSeconds(20));
        // It may notice a moment after it answers.
        return seen || await Wait.Until(async () => await broker.PartitionsSeenBy(node) is { Count: > 0 }, TimeSpan.FromSeconds(3));
    }

    private async Task CutConnections(BrokerNode node)
    {
        journal.Write("cut", $"every connection of {node.Script.Name}");
        await node.Control("close_all_connections", "chaos");
    }
}
