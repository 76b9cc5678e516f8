using MassTransit;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Groups;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Sensitive;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants;

/// <summary>
/// A participant's queue and the steps behind it. Build one per service and register <see cref="Build"/>'s result as a
/// <see cref="ServiceEndpoint"/>.
/// </summary>
public sealed class ParticipantEndpoint
{
    private readonly string queue;
    private readonly ServiceOutbox outbox;
    private readonly IFence fence;
    private readonly StepEndpoints steps;
    private readonly CommandOpener? opener;

    private ParticipantEndpoint(string queue, ServiceOutbox outbox, IFence fence, ILogger log, CommandOpener? opener)
    {
        this.queue = queue;
        this.outbox = outbox;
        this.fence = fence;
        this.opener = opener;
        steps = new StepEndpoints(fence, outbox, log, opener);
    }

    /// <summary>The scripts that a participant's schema needs besides its own tables.</summary>
    public static IReadOnlyList<SchemaScript> Schema { get; } =
    [.. SchemaScript.Outbox, .. SchemaScript.Embedded(typeof(ParticipantEndpoint).Assembly, "kit/")];

    /// <summary>A participant whose effects are in Postgres.</summary>
    /// <param name="queue">Its queue.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="database">Its database.</param>
    /// <param name="outbox">Its outbox, on the same schema.</param>
    /// <param name="log">Its log.</param>
    /// <param name="opener">Reads commands with marked values; null where there are no keys.</param>
    public static ParticipantEndpoint OnPostgres(
        string queue,
        string schema,
        ServiceDatabase database,
        ServiceOutbox outbox,
        ILogger log,
        CommandOpener? opener = null
    ) => new(queue, outbox, new PostgresFence(schema, database.Groups), log, opener);

    /// <summary>The committer of such a participant.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="schema">Its schema.</param>
    public static GroupCommitter Committer(ServiceDatabase database, string schema) =>
        GroupCommitter.Start(database, schema, new FenceGroupRows(schema));

    /// <summary>A participant whose effects are in memory, for tests and the embedded mode.</summary>
    internal static ParticipantEndpoint InMemory(
        string queue,
        ServiceOutbox outbox,
        MemoryFence fence,
        ILogger log,
        CommandOpener? opener = null
    ) => new(queue, outbox, fence, log, opener);

    /// <summary>Adds a step that is never undone.</summary>
    public ParticipantEndpoint Add<TDo>(StepHandler<TDo> step)
        where TDo : SagaCommand
    {
        steps.Add<TDo>(_ => step);
        return this;
    }

    /// <summary>Adds a step that reads first and is never undone.</summary>
    public ParticipantEndpoint Add<TDo>(ReadingStepHandler<TDo> step)
        where TDo : SagaCommand
    {
        steps.AddReading<TDo>(_ => step);
        return this;
    }

    /// <summary>Adds a step whose effect is in the participant's own database.</summary>
    public ParticipantEndpoint Add<TDo, TUndo>(StepHandler<TDo, TUndo> step)
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        steps.Add<TDo, TUndo>(_ => step);
        return this;
    }

    /// <summary>Adds a step that reads first, and whose effect is in the participant's own database.</summary>
    public ParticipantEndpoint Add<TDo, TUndo>(ReadingStepHandler<TDo, TUndo> step)
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        steps.AddReading<TDo, TUndo>(_ => step);
        return this;
    }

    /// <summary>Adds a step with an effect outside.</summary>
    public ParticipantEndpoint Add<TDo, TUndo, TDone, TUndone>(ExternalStepHandler<TDo, TUndo, TDone, TUndone> step)
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        steps.AddExternal<TDo, TUndo, TDone, TUndone>(_ => step);
        return this;
    }

    /// <summary>Adds a step whose handler comes from the container, in a scope of its own for each command.</summary>
    /// <typeparam name="THandler">Derives from one of the handlers, for example <see cref="StepHandler{TDo, TUndo}"/>.</typeparam>
    /// <param name="services">The container.</param>
    /// <exception cref="ArgumentException">The type derives from none of them.</exception>
    public ParticipantEndpoint Add<THandler>(IServiceProvider services)
        where THandler : class
    {
        steps.AddFrom<THandler>(services);
        return this;
    }

    /// <summary>Answers for steps that were accepted with <see cref="StepOutcome.Deferred"/>.</summary>
    public DeferredReplies DeferredReplies() => new(outbox, fence, opener);

    /// <summary>The endpoint, to be registered with the service's bus.</summary>
    /// <param name="prefetch">How many commands are handled at the same time at most.</param>
    public ServiceEndpoint Build(int prefetch = 256) => new(queue, outbox, prefetch, steps.Configure);
}
