using System.Globalization;
using SagaOrchestrator.Chaos.Processes;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>What happens to the database and to the broker's nodes.</summary>
internal sealed class ServerFaults(Journal journal, KillLog kills)
{
    /// <summary>What a kill of the primary is called whose place the standby takes.</summary>
    public const string FailOverName = "failover";

    private const string Postgres = "postgres";
    private const string Broker = "broker";
    private const double Emphasis = 6;
    private const long BelowTheBrokersLimit = 100_000_000;
    private static readonly TimeSpan TimeToMend = TimeSpan.FromSeconds(60);

    public IEnumerable<Fault> Of(Database database)
    {
        yield return KillBackendOf(database);
        yield return new Fault("kill", Postgres, 2, (dice, heal) => KillPostgres(database.Primary, Fault.Draw(dice, 0, 4), heal));
        yield return new Fault("cut sessions", Postgres, 1, (_, _) => CutSessions(database.Primary));
        if (database.HasStandby)
        {
            yield return FailOverOf(database);
        }

        if (database.Disk is { } disk)
        {
            yield return new Fault("fill disk", Postgres, 3, (dice, heal) => FillDisk(database.Primary, disk, dice, heal));
        }
    }

    /// <summary>One node at a time, so that a majority is left; or all of them, so that everybody waits.</summary>
    public IEnumerable<Fault> Of(BrokerCluster broker) =>
        OfBroker(broker).Select(fault => fault.Name == broker.Setup.Emphasis ? fault with { Weight = fault.Weight * Emphasis } : fault);

    /// <summary>Those after which the system must be back within a time that is published, one kind after the other.</summary>
    public IEnumerable<Fault> KillsOf(Database database, BrokerCluster broker) =>
        [
            KillBackendOf(database),
            new("kill", Postgres, 1, (_, heal) => KillPostgres(database.Primary, TimeSpan.Zero, heal)),
            .. database.HasStandby ? [FailOverOf(database)] : Array.Empty<Fault>(),
            .. broker.Nodes.Select(node => new Fault("kill", Broker, 1, (_, heal) => Kill(broker, node, TimeSpan.Zero, heal))),
        ];

    private IEnumerable<Fault> OfBroker(BrokerCluster broker)
    {
        foreach (var node in broker.Nodes)
        {
            var share = 1.0 / broker.Nodes.Count;
            yield return new Fault("kill", Broker, 3 * share, (dice, heal) => Kill(broker, node, Fault.Draw(dice, 0, 5), heal));
            yield return new Fault("pause", Broker, 1 * share, (dice, heal) => Pause(broker, node, dice, heal));
            yield return new Fault("cut connections", Broker, 1 * share, (_, _) => CutConnections(node));
            yield return new Fault("alarm", Broker, 0.5 * share, (dice, heal) => RaiseAlarm(node, dice, heal));
            if (broker.Nodes.Count > 1)
            {
                yield return new Fault("partition", Broker, 1 * share, (dice, heal) => CutOff(broker, node, dice, heal));
            }
        }

        yield return new Fault("kill all", Broker, 0.5, (dice, heal) => KillAll(broker, dice, heal));
        if (broker.Disk is { } disk)
        {
            yield return new Fault("fill disk", Broker, 1, (dice, heal) => FillDisk(broker, disk, dice, heal));
        }
    }

    private Fault KillBackendOf(Database database) => new("kill backend", Postgres, 2, (dice, _) => KillBackend(database.Primary, dice));

    private Fault FailOverOf(Database database) => new("fail over", Postgres, 2, (_, _) => FailOver(database));

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

    private async Task KillPostgres(PostgresServer postgres, TimeSpan away, CancellationToken heal)
    {
        journal.Write(
            "kill",
            string.Create(CultureInfo.InvariantCulture, $"{postgres.Process.Name} ({postgres.Process.Id}) and everything below it")
        );
        kills.Add(journal.Now, ProcessKind.Postgres, Postgres);
        await postgres.KillAll();
        await Wait.For(away, heal);
        await postgres.Start();
    }

    private async Task FailOver(Database database)
    {
        var old = database.Primary.Process;
        journal.Write("kill", string.Create(CultureInfo.InvariantCulture, $"{old.Name} ({old.Id}), the standby takes its place"));
        kills.Add(journal.Now, ProcessKind.Postgres, FailOverName);
        await database.FailOver();
        journal.Write("paired", $"{database.Primary.Process.Name} is the primary, {old.Name} follows it");
    }

    private async Task CutSessions(PostgresServer postgres)
    {
        journal.Write("cut", "every session of the database");
        await postgres.Execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'saga' and pid <> pg_backend_pid()",
            "postgres"
        );
    }

    private async Task Kill(BrokerCluster broker, BrokerNode node, TimeSpan away, CancellationToken heal)
    {
        journal.Write("kill", node.Script.Name);
        kills.Add(journal.Now, ProcessKind.Broker, node.Script.Name);
        await node.Kill();
        await Wait.For(away, heal);
        node.Start();
        await broker.Answers(node);
    }

    private async Task Pause(BrokerCluster broker, BrokerNode node, Random dice, CancellationToken heal)
    {
        var time = Fault.Draw(dice, 1, 25);
        journal.Write("pause", string.Create(CultureInfo.InvariantCulture, $"{node.Script.Name} for {time.TotalSeconds:0.0} s"));
        node.Pause();
        await Wait.For(time, heal);
        node.Resume();
        await Rejoin(broker, node);
    }

    // The others refuse it, and it refuses the others, although all of them live.
    private async Task CutOff(BrokerCluster broker, BrokerNode node, Random dice, CancellationToken heal)
    {
        var time = Fault.Draw(dice, 1, 30);
        journal.Write(
            "partition",
            string.Create(CultureInfo.InvariantCulture, $"{node.Script.Name} from the others for {time.TotalSeconds:0.0} s")
        );
        await node.CutOff(broker.Nodes.Where(other => other != node));
        await Wait.For(time, heal);
        await node.Reconnect(broker.Nodes.Where(other => other != node));
        await Rejoin(broker, node);
    }

    private async Task KillAll(BrokerCluster broker, Random dice, CancellationToken heal)
    {
        journal.Write("kill", "every node of the broker");
        foreach (var node in broker.Nodes)
        {
            kills.Add(journal.Now, ProcessKind.Broker, node.Script.Name);
        }

        await Task.WhenAll(broker.Nodes.Select(node => node.Kill()));
        await Wait.For(Fault.Draw(dice, 0, 5), heal);
        foreach (var node in broker.Nodes)
        {
            node.Start();
        }

        await Task.WhenAll(broker.Nodes.Select(broker.Answers));
    }

    // It takes no message from anybody then, on no node.
    private async Task RaiseAlarm(BrokerNode node, Random dice, CancellationToken heal)
    {
        var time = Fault.Draw(dice, 1, 20);
        journal.Write(
            "alarm",
            string.Create(CultureInfo.InvariantCulture, $"{node.Script.Name} has no memory left for {time.TotalSeconds:0.0} s")
        );
        await node.Control("set_vm_memory_high_watermark", "absolute", "20MB");
        await Wait.For(time, heal);
        await node.Control("set_vm_memory_high_watermark", "absolute", BrokerNode.MemoryLimit);
    }

    private async Task FillDisk(BrokerCluster broker, SmallDisk disk, Random dice, CancellationToken heal)
    {
        var time = Fault.Draw(dice, 5, 30);
        journal.Write("fill", string.Create(CultureInfo.InvariantCulture, $"the broker's disk for {time.TotalSeconds:0.0} s"));
        await disk.Fill(BelowTheBrokersLimit);
        await Wait.For(time, heal);
        disk.Free();
        await broker.Answers(broker.Nodes[0]);
    }

    // Postgres refuses to write data then, and ends when there is no room for its log.
    private async Task FillDisk(PostgresServer postgres, SmallDisk disk, Random dice, CancellationToken heal)
    {
        var time = Fault.Draw(dice, 2, 20);
        journal.Write(
            "fill",
            string.Create(CultureInfo.InvariantCulture, $"the disk of {postgres.Process.Name} for {time.TotalSeconds:0.0} s")
        );
        await disk.Fill(0);
        await Wait.For(time, heal);
        disk.Free();
        if (!postgres.Process.IsUp)
        {
            journal.Write("mend", $"{postgres.Process.Name} ended, and is started again");
            await postgres.KillAll();
            await postgres.Start();
        }
    }

    // A node that was away for longer than the others wait may come back with a partition that does not heal by itself: its supervisor
    // restarts it.
    private async Task Rejoin(BrokerCluster broker, BrokerNode node)
    {
        if (await Partitioned(broker, node))
        {
            journal.Write("mend", $"{node.Script.Name} is partitioned from the others; its supervisor is to restart it");
            if (!await Wait.Until(async () => await broker.PartitionsSeenBy(node) is { Count: 0 }, TimeToMend))
            {
                throw new InvalidOperationException(
                    $"{node.Script.Name} was partitioned for {TimeToMend.TotalSeconds:0} seconds. See {node.Supervisor.Log}"
                );
            }
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
            TimeSpan.FromSeconds(20)
        );
        // It may notice a moment after it answers.
        return seen || await Wait.Until(async () => await broker.PartitionsSeenBy(node) is { Count: > 0 }, TimeSpan.FromSeconds(3));
    }

    private async Task CutConnections(BrokerNode node)
    {
        journal.Write("cut", $"every connection of {node.Script.Name}");
        await node.Control("close_all_connections", "chaos");
    }
}
