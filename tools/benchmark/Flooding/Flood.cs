using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Floor.Wire;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>Many messages of one kind.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Queue">Where they are sent.</param>
/// <param name="Fate">What must become of each.</param>
internal abstract record Flood(string Name, string Queue, Fate Fate)
{
    /// <summary>All kinds, in the order in which they come.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [OrphanFlood.Kind, AnotherBuildFlood.Kind, SuspectFlood.Kind, RetryFlood.Kind, DeadLetterFlood.Kind];

    /// <summary>The service that sends them; null when anybody may have.</summary>
    public virtual string? Sender => null;

    /// <summary>Whether they wait for something that the driver brings back.</summary>
    public virtual bool Waits => false;

    /// <summary>The services in whose tables they may wait, each of which is called like its queue.</summary>
    public virtual IReadOnlyList<string> Services => [Queue];

    public static Flood Of(string name) =>
        name switch
        {
            OrphanFlood.Kind => new OrphanFlood(),
            AnotherBuildFlood.Kind => new AnotherBuildFlood(),
            SuspectFlood.Kind => new SuspectFlood(),
            RetryFlood.Kind => new RetryFlood(),
            DeadLetterFlood.Kind => new DeadLetterFlood(),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such flood."),
        };

    /// <summary>Makes them, and whatever they need to be what they are.</summary>
    public abstract Task<IReadOnlyList<FloodMessage>> Make(FloodStage stage, CancellationToken cancellationToken);

    /// <summary>Brings back what they wait for.</summary>
    public virtual Task BringBack(FloodStage stage, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>So many messages, each under an id of its own.</summary>
    protected static FloodMessage[] Many<T>(int count, string queue, Func<int, T> message) =>
        [.. Enumerable.Range(0, count).Select(number => FloodMessage.Of(id => ProductEnvelope.To(queue, message(number), id)))];
}

/// <summary>What must become of a flood's messages. Of one that is handled and answered, both.</summary>
/// <param name="HandledBy">The service whose inbox must know each; null when none may.</param>
/// <param name="Reason">The reason of the dead letter that the orchestrator must make of each, or of the answer to each; null when there
/// must be none.</param>
internal sealed record Fate(string? HandledBy, string? Reason)
{
    public static Fate Handled { get; } = new(Queues.Orchestrator, null);

    public static Fate DeadLetter(string reason) => new(null, reason);
}

/// <summary>One message.</summary>
internal sealed record FloodMessage(Guid Id, Outgoing Message)
{
    public static FloodMessage Of(Func<Guid, Outgoing> make)
    {
        var id = Guid.CreateVersion7();
        return new FloodMessage(id, make(id));
    }
}

/// <summary>What floods are made with.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Servers">Where.</param>
/// <param name="Running">The product.</param>
internal sealed record FloodStage(FloodOptions Options, BenchServers Servers, RunningSystem Running);
