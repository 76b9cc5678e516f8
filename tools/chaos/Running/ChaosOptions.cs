using SagaOrchestrator.Chaos.Plants;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>How much of what.</summary>
internal sealed record ChaosOptions
{
    /// <summary>Before the second attempt of a step, about.</summary>
    public static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the auditor runs. More often than by itself, because whoever runs it is killed again and again.</summary>
    public static readonly TimeSpan AuditEvery = TimeSpan.FromSeconds(10);

    /// <summary>The share of starts that come as a message; the others come over REST.</summary>
    public const double ByMessage = 0.3;

    /// <summary>How long faults strike.</summary>
    public required double Minutes { get; init; }

    /// <summary>How many sagas are started in that time. Not used when <see cref="InFlight"/> is set.</summary>
    public required int Sagas { get; init; }

    /// <summary>What orders and faults are drawn from.</summary>
    public required int Seed { get; init; }

    /// <summary>The share of orders that a participant rejects, at a random step.</summary>
    public double Failing { get; init; } = 0.4;

    /// <summary>The mean time between two faults.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many orchestrators.</summary>
    public int Replicas { get; init; } = 2;

    /// <summary>One Postgres server, or a primary and its standby.</summary>
    public int PostgresServers { get; init; } = 2;

    /// <summary>How the broker is set up.</summary>
    public BrokerSetup Broker { get; init; } = BrokerSetup.All[0];

    /// <summary>How long a step may take, and so how long the slowest saga waits for what was lost.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a step is tried.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Kills only, one after the other, each when the system has come back from the one before.</summary>
    public bool OneByOne { get; init; }

    /// <summary>How many sagas are kept under way, as fast as they end; null when they are started evenly.</summary>
    public int? InFlight { get; init; }

    /// <summary>How long all is left in peace first, to compare with.</summary>
    public TimeSpan Calm { get; init; }

    /// <summary>
    /// How many processes compute beside the product all the time; each process of the product then has few pool threads too.
    /// </summary>
    public int Contention { get; init; }

    /// <summary>A bug to plant, to see that the run finds it.</summary>
    public PlantedBug Plant { get; init; }

    /// <summary>Whether there are errands, of which floods are made, their participant, and an orchestrator of the next build.</summary>
    public bool HasErrands { get; init; }

    /// <summary>The first of the ports.</summary>
    public required int PortBase { get; init; }

    /// <summary>The clone.</summary>
    public required string Root { get; init; }

    /// <summary>The orchestrator's program.</summary>
    public required string OrchestratorDll { get; init; }

    /// <summary>The participants' program.</summary>
    public required string ParticipantsDll { get; init; }

    /// <summary>What the servers keep; must not exist.</summary>
    public required string Data { get; init; }

    /// <summary>Where journal and logs go.</summary>
    public required string Logs { get; init; }

    /// <summary>Whether what the auditor looks for is planted: not where one thing is measured, nor beside a bug.</summary>
    public bool HasContradictions => !OneByOne && Plant == PlantedBug.None;

    public TimeSpan Duration => TimeSpan.FromMinutes(Minutes);

    /// <summary>After the last fault: what the product promises, and the longest that a saga waits for something that was lost.</summary>
    public TimeSpan TimeToRest => TimeSpan.FromSeconds(60) + (StepTimeout * Attempts);

    public int PostgresPort => PortBase + 1;

    public int ApiPort => PortBase + 4;

    public int BrokerPortBase => PortBase + 10;
}
