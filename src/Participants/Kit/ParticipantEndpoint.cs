using MassTransit;
using SagaOrchestrator.Outbox.Commit;
using SagaOrchestrator.Outbox.Commit.Groups;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Outbox.Capture;
using SagaOrchestrator.Outbox.Dispatch;
using SagaOrchestrator.Outbox.Endpoints;
using SagaOrchestrator.Outbox.Schema;
using SagaOrchestrator.Outbox.Units;
using SagaOrchestrator.Participants.Kit.Fencing;
using SagaOrchestrator.Participants.Kit.Steps;

namespace SagaOrchestrator.Participants.Kit;

/// <summary>
/// A participant's queue and the steps behind it. Build one per service and register <see cref="Build"/>'s result as a
/// <see cref="ServiceEndpoint"/>.
/// </summary>
public sealed class ParticipantEndpoint
{
    private readonly string queue;
    private readonly ServiceOutbox outbox;
    private readonly IFence fence;
    private readonly ILogger log;
    private readonly List<Action<IReceiveEndpointConfigurator>> handlers = [];

    private ParticipantEndpoint(string queue, ServiceOutbox outbox, IFence fence, ILogger log)
    {
        this.queue = queue;
        this.outbox = outbox;
        this.fence = fence;
        this.log = log;
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
    public static ParticipantEndpoint OnPostgres(string queue, string schema, ServiceDatabase database, ServiceOutbox outbox, ILogger log) =>
        new(queue, outbox, new PostgresFence(schema, database.Groups), log);

    /// <summary>The committer of such a participant.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="schema">Its schema.</param>
    public static GroupCommitter Committer(ServiceDatabase database, string schema) =>
        GroupCommitter.Start(database, schema, new FenceGroupRows(schema));

    /// <summary>A participant whose effects are in memory, for tests and the embedded mode.</summary>
    internal static ParticipantEndpoint InMemory(string queue, ServiceOutbox outbox, MemoryFence fence, ILogger log) =>
        new(queue, outbox, fence, log);

    /// <summary>Adds a step that is never undone.</summary>
    public ParticipantEndpoint Add<TDo>(SagaStep<TDo> step)
        where TDo : SagaCommand
    {
        var habit = new StepHabit();
        handlers.Add(endpoint => endpoint.Handler<TDo>(context =>
        {
            context.UnitOfWork().Add(Do(context, (scope, token) => step.Do(context.Message, scope, token), habit));
            return Task.CompletedTask;
        }));
        return this;
    }

    /// <summary>Adds a step whose effect is in the participant's own database.</summary>
    public ParticipantEndpoint Add<TDo, TUndo>(SagaStep<TDo, TUndo> step)
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        var (doing, undoing) = (new StepHabit(), new StepHabit());
        handlers.Add(endpoint =>
        {
            endpoint.Handler<TDo>(context =>
            {
                context.UnitOfWork().Add(Do(context, (scope, token) => step.Do(context.Message, scope, token), doing));
                return Task.CompletedTask;
            });
            endpoint.Handler<TUndo>(context =>
            {
                context.UnitOfWork().Add(Undo(context, (scope, token) => step.Undo(context.Message, scope, token), undoing));
                return Task.CompletedTask;
            });
        });
        return this;
    }

    /// <summary>Adds a step with an effect outside.</summary>
    public ParticipantEndpoint Add<TDo, TUndo, TDone, TUndone>(ExternalSagaStep<TDo, TUndo, TDone, TUndone> step)
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        var (doing, undoing) = (new StepHabit(), new StepHabit());
        handlers.Add(endpoint =>
        {
            endpoint.Handler<TDo>(async context => context.UnitOfWork().Add(await CallDo(context, step, doing)));
            endpoint.Handler<TUndo>(async context => context.UnitOfWork().Add(await CallUndo(context, step, undoing)));
        });
        return this;
    }

    /// <summary>Answers for steps that were accepted with <see cref="StepOutcome.Deferred"/>.</summary>
    public DeferredReplies DeferredReplies() => new(outbox, fence);

    /// <summary>The endpoint, to be registered with the service's bus.</summary>
    /// <param name="prefetch">How many commands are handled at the same time at most.</param>
    public ServiceEndpoint Build(int prefetch = 256) =>
        new(queue, outbox, prefetch, endpoint =>
        {
            handlers.ForEach(add => add(endpoint));
            endpoint.Handler<QueryOutcome>(context =>
            {
                context.UnitOfWork().Add(new EnquiryWork(context, CommandOf(context, StepDirection.Do), fence, log));
                return Task.CompletedTask;
            });
        });

    private static CommandContext CommandOf<T>(ConsumeContext<T> context, StepDirection expected)
        where T : SagaCommand
    {
        var command = context.Message.Saga;
        if (command is null || command.SagaId == Guid.Empty || string.IsNullOrEmpty(command.Step))
        {
            throw new RefusedMessageException(
                "malformed", $"The command {typeof(T).Name} does not say which saga and step it is for. Set 'saga' with sagaId, step, direction, attempt and commandId.");
        }

        return command.Direction == expected ? command : throw new RefusedMessageException(
            "malformed", $"The command {typeof(T).Name} has the direction '{command.Direction}', but it is for '{expected}'. Correct saga.direction.");
    }

    private DoWork Do<T>(ConsumeContext<T> context, Func<CommitScope, CancellationToken, Task<StepOutcome>> effect, StepHabit habit, bool wasBegun = false)
        where T : SagaCommand =>
        new(CommandOf(context, StepDirection.Do), fence, log, effect, habit, wasBegun);

    private UndoWork Undo<T>(ConsumeContext<T> context, Func<CommitScope, CancellationToken, Task<UndoOutcome>> effect, StepHabit habit)
        where T : SagaCommand =>
        new(CommandOf(context, StepDirection.Undo), fence, log, effect, habit);

    private async Task<IUnitWork> CallDo<TDo, TUndo, TDone, TUndone>(
        ConsumeContext<TDo> context, ExternalSagaStep<TDo, TUndo, TDone, TUndone> step, StepHabit habit)
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        if (!await Begin(CommandOf(context, StepDirection.Do), context.UnitOfWork().IsFirstDelivery, context.CancellationToken))
        {
            // The fence has the answer; the effect is not reached.
            return Do(context, (_, _) => Task.FromResult<StepOutcome>(new StepOutcome.NoAnswer()), habit, wasBegun: true);
        }

        try
        {
            var done = await step.CallDo(context.Message, context.CancellationToken);
            return Do(context, (scope, token) => step.Do(context.Message, done, scope, token), habit, wasBegun: true);
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            return Do(context, (_, _) => Task.FromResult(step.Explain(exception)), habit, wasBegun: true);
        }
    }

    private async Task<IUnitWork> CallUndo<TDo, TUndo, TDone, TUndone>(
        ConsumeContext<TUndo> context, ExternalSagaStep<TDo, TUndo, TDone, TUndone> step, StepHabit habit)
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        if (!await Begin(CommandOf(context, StepDirection.Undo), context.UnitOfWork().IsFirstDelivery, context.CancellationToken))
        {
            return Undo(context, (_, _) => Task.FromResult<UndoOutcome>(new UndoOutcome.Completed()), habit);
        }

        try
        {
            var undone = await step.CallUndo(context.Message, context.CancellationToken);
            return Undo(context, (scope, token) => step.Undo(context.Message, undone, scope, token), habit);
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            return Undo(context, (_, _) => Task.FromResult<UndoOutcome>(new UndoOutcome.Failed("external_error", exception.Message)), habit);
        }
    }

    private async Task<bool> Begin(CommandContext command, bool isFirstDelivery, CancellationToken cancellationToken)
    {
        var begin = new BeginWork(command, fence);
        using var unit = new UnitOfWork(inbox: null) { IsFirstDelivery = isFirstDelivery };
        unit.Add(begin);
        await outbox.Committer.Commit(unit, cancellationToken);
        return begin.Proceed;
    }
}
