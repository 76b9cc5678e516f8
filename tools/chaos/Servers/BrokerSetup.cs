namespace SagaOrchestrator.Chaos.Servers;

/// <summary>A way to set the broker up, and what is done to it more often than to others.</summary>
/// <param name="Name">What the report calls it.</param>
internal sealed record BrokerSetup(string Name)
{
    /// <summary>The set-ups that a release is tried on.</summary>
    public static IReadOnlyList<BrokerSetup> All { get; } =
    [
        new("three nodes, a minority pauses"),
        new("cut off is noticed after 5 s") { NetTickTime = 5 },
        new("a partition heals by restart") { PartitionHandling = "autoheal" },
        new("the same, noticed after 5 s") { PartitionHandling = "autoheal", NetTickTime = 5 },
        new("partitions are ignored") { PartitionHandling = "ignore" },
        new("one node") { Nodes = 1 },
        new("one node, small disks")
        {
            Nodes = 1,
            SmallDisks = true,
            Emphasis = "fill disk",
        },
        new("five nodes") { Nodes = 5 },
        new("many partitions") { Emphasis = "partition" },
        new("many pauses") { Emphasis = "pause" },
        new("all nodes die at once") { Emphasis = "kill all" },
        new("many alarms") { Emphasis = "alarm" },
        new("leaders on all nodes") { Configuration = "queue_leader_locator = balanced" },
        new("a log of 4 MB, many cuts") { Configuration = "raft.wal_max_size_bytes = 4000000", Emphasis = "cut connections" },
    ];

    /// <summary>How many nodes.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>What a node does when it cannot see the others.</summary>
    public string PartitionHandling { get; init; } = "pause_minority";

    /// <summary>After how many seconds a silent node counts as gone, about.</summary>
    public int NetTickTime { get; init; } = 15;

    /// <summary>Further lines of its configuration.</summary>
    public string Configuration { get; init; } = "raft.wal_max_size_bytes = 64000000";

    /// <summary>Data folders of servers on file systems that are small enough to be filled.</summary>
    public bool SmallDisks { get; init; }

    /// <summary>The fault that strikes the broker most.</summary>
    public string? Emphasis { get; init; }
}
