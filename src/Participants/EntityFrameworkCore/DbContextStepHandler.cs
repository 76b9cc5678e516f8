using Microsoft.EntityFrameworkCore;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.EntityFrameworkCore;

/// <summary>
/// A step that works on the team's own <see cref="DbContext"/>. What the context saves is in one transaction with the fence, the inbox row
/// and the reply, so it is committed at most once per saga, or not at all.
/// </summary>
/// <remarks>
/// <para>
/// The kit calls <c>SaveChangesAsync</c> when the step has completed or was deferred. The step may save by itself before, as often as it
/// likes, and reads what it has saved. With any other answer, or an exception, nothing that it has saved stays, and the context forgets
/// what it tracked.
/// </para>
/// <para>
/// Within the step the context has the participant's connection and the transaction of the command, whatever its registration says. The
/// step does not begin, commit or roll back a transaction. An execution strategy that retries is suspended, because the kit makes the
/// whole step again. After a
/// <see cref="DbUpdateConcurrencyException"/> that leaves the step, it makes the step again on what is there then, some ten times at most;
/// then the step is answered as faulted, <c>concurrency_conflict</c>. Each time there is a new handler and, if it is registered as
/// scoped, a new context.
/// </para>
/// </remarks>
/// <typeparam name="TContext">The context, for Postgres and registered with a connection string or a data source.</typeparam>
/// <typeparam name="TDo">The command that executes the step.</typeparam>
/// <typeparam name="TUndo">The command that undoes it.</typeparam>
/// <param name="db">The context, from the container.</param>
public abstract class DbContextStepHandler<TContext, TDo, TUndo>(TContext db) : ReadingStepHandler<TDo, TUndo>
    where TContext : DbContext
    where TDo : SagaCommand
    where TUndo : SagaCommand
{
    /// <summary>Makes the effect.</summary>
    public abstract Task<StepOutcome> Do(TDo command, TContext db, ReadingStepContext context);

    /// <summary>Takes the effect back. Only called when the step completed, or was deferred: then it stops the work.</summary>
    public abstract Task<UndoOutcome> Undo(TUndo command, TContext db, ReadingStepContext context);

    /// <inheritdoc/>
    public sealed override Task<StepOutcome> Do(TDo command, ReadingStepContext context) =>
        context.With(db, () => Do(command, db, context));

    /// <inheritdoc/>
    public sealed override Task<UndoOutcome> Undo(TUndo command, ReadingStepContext context) =>
        context.With(db, () => Undo(command, db, context));
}

/// <summary>
/// A step that works on the team's own <see cref="DbContext"/> and is never undone. Else as
/// <see cref="DbContextStepHandler{TContext, TDo, TUndo}"/>.
/// </summary>
/// <typeparam name="TContext">The context, for Postgres and registered with a connection string or a data source.</typeparam>
/// <typeparam name="TDo">The command that executes the step.</typeparam>
/// <param name="db">The context, from the container.</param>
public abstract class DbContextStepHandler<TContext, TDo>(TContext db) : ReadingStepHandler<TDo>
    where TContext : DbContext
    where TDo : SagaCommand
{
    /// <summary>Makes the effect.</summary>
    public abstract Task<StepOutcome> Do(TDo command, TContext db, ReadingStepContext context);

    /// <inheritdoc/>
    public sealed override Task<StepOutcome> Do(TDo command, ReadingStepContext context) =>
        context.With(db, () => Do(command, db, context));
}
