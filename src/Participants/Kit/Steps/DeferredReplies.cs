using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Participants.Fencing;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>
/// Answers steps that were accepted with <see cref="StepOutcome.Deferred"/>. Get one from
/// <see cref="ParticipantEndpoint.DeferredReplies"/>.
/// </summary>
public sealed class DeferredReplies
{
    private readonly ServiceOutbox outbox;
    private readonly IFence fence;
    private readonly bool readsMarked;

    // Which command was marked is not known any more when it is answered.
    internal DeferredReplies(ServiceOutbox outbox, IFence fence, bool readsMarked)
    {
        this.outbox = outbox;
        this.fence = fence;
        this.readsMarked = readsMarked;
    }

    /// <summary>
    /// Tells the orchestrator that the work goes on, so that the step does not time out. Send it well before the step's timeout.
    /// </summary>
    /// <param name="command">The command that was accepted.</param>
    /// <param name="note">How far it is, for people; may be null.</param>
    /// <param name="cancellationToken">Ends the wait for the commit.</param>
    public async Task Heartbeat(CommandContext command, string? note, CancellationToken cancellationToken)
    {
        var unit = new UnitOfWork(inbox: null);
        Reply.Progressed(unit, command, note);
        await outbox.Complete(unit, cancellationToken);
    }

    /// <summary>Answers the step, in one transaction with its effect.</summary>
    /// <param name="command">The command that was accepted.</param>
    /// <param name="finish">
    /// Writes the effect and says how it went: completed, rejected or faulted. It runs again, some ten times at most, when it throws
    /// <see cref="ConcurrencyConflictException"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the commit.</param>
    /// <returns>
    /// False when there is nothing to answer any more: the step was compensated in the meantime, or answered before. The effect was then
    /// not written, and the work is to be dropped.
    /// </returns>
    public async Task<bool> Answer(
        CommandContext command,
        Func<ReadingStepContext, Task<StepOutcome>> finish,
        CancellationToken cancellationToken
    )
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var unit = new UnitOfWork(inbox: null) { Conflicts = conflicts };
            var work = new AnswerWork(command, fence, finish, readsMarked);
            unit.Add(work);
            try
            {
                await outbox.Complete(unit, cancellationToken);
                return work.Answered;
            }
            catch (ConcurrencyConflictException)
            {
                // Once more, on what is there now. In the end the work answers that it conflicts.
            }
        }
    }

    private sealed class AnswerWork(
        CommandContext command,
        IFence fence,
        Func<ReadingStepContext, Task<StepOutcome>> finish,
        bool readsMarked
    ) : IUnitWork
    {
        public bool Answered { get; private set; }

        // What finishes a long piece of work may read what it has kept.
        public bool NeedsTransaction => true;

        public async Task Execute(CommitScope scope, UnitOfWork unit, CancellationToken cancellationToken)
        {
            var row = await fence.Enter(scope, command.SagaId, command.Step, isFirst: false, cancellationToken);
            Answered = row is { Do: EffectState.Deferred, Undo: EffectState.None };
            if (!Answered)
            {
                return;
            }

            // The orchestrator waits for the latest attempt.
            var latest = command with
            {
                Attempt = Math.Max(row.DoAttempt, command.Attempt),
            };
            var outcome = await Effect.Attempt(
                scope,
                unit,
                (inner, token) => finish(new ReadingStepContext(latest, inner, token)),
                (code, reason) => new StepOutcome.Faulted(code, reason),
                readsMarked,
                cancellationToken
            );
            // Whether the work left something behind is then as unknown as with a call outside.
            var left = outcome is StepOutcome.Faulted ? row with { Do = EffectState.Begun } : row;
            if (!await StepAnswer.Give(unit, latest, fence, left, outcome, scope, cancellationToken))
            {
                throw new InvalidOperationException($"A deferred step ends completed, rejected or faulted, not {outcome.GetType().Name}.");
            }
        }
    }
}
