using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Sensitive;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>
/// Answers steps that were accepted with <see cref="StepOutcome.Deferred"/>. Get one from
/// <see cref="ParticipantEndpoint.DeferredReplies"/>.
/// </summary>
public sealed class DeferredReplies
{
    private readonly ServiceOutbox outbox;
    private readonly IFence fence;
    private readonly CommandOpener? opener;

    internal DeferredReplies(ServiceOutbox outbox, IFence fence, CommandOpener? opener)
    {
        this.outbox = outbox;
        this.fence = fence;
        this.opener = opener;
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
        ResultSeal? seal = null;
        for (var conflicts = 0; ; conflicts++)
        {
            var unit = new UnitOfWork(inbox: null) { Conflicts = conflicts };
            var work = new AnswerWork(command, fence, finish, seal);
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
            catch (KeyNeededException needed)
            {
                // Once more with the key. Asking for it would hold the transaction for as long as the orchestrator takes.
                seal = await Seal(needed.KeyId, command, cancellationToken);
            }
        }
    }

    private ValueTask<ResultSeal> Seal(string keyId, CommandContext command, CancellationToken cancellationToken) =>
        opener is not null
            ? opener.Seal(keyId, command, cancellationToken)
            : throw new InvalidOperationException(
                "The step's saga has marked values, and this participant has no ring of keys to encrypt its result with. Give it the "
                    + "ring (Sensitive:KeyFile) that it had when it took the command, and answer again."
            );

    private sealed class AnswerWork(
        CommandContext command,
        IFence fence,
        Func<ReadingStepContext, Task<StepOutcome>> finish,
        ResultSeal? seal
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

            if (row.DoReply is { } remembered && seal is null)
            {
                throw new KeyNeededException(ResultSeal.KeyOf(remembered));
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
                seal is not null,
                cancellationToken
            );
            // Whether the work left something behind is then as unknown as with a call outside.
            var left = outcome is StepOutcome.Faulted ? row with { Do = EffectState.Begun, DoReply = null } : row;
            if (!await StepAnswer.Give(unit, latest, fence, left, outcome, scope, cancellationToken, seal))
            {
                throw new InvalidOperationException($"A deferred step ends completed, rejected or faulted, not {outcome.GetType().Name}.");
            }
        }
    }

    private sealed class KeyNeededException(string keyId) : Exception
    {
        public string KeyId { get; } = keyId;
    }
}
