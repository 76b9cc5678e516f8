using Microsoft.EntityFrameworkCore;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.EntityFrameworkCore;

/// <summary>
/// Lets a <see cref="DbContext"/> work in a step's transaction. <see cref="DbContextStepHandler{TContext, TDo, TUndo}"/> does so for every
/// command; this is for a deferred step's answer (<see cref="DeferredReplies.Answer"/>).
/// </summary>
public static class StepDbContext
{
    /// <summary>
    /// Does <paramref name="work"/> with the context in the step's transaction, and saves when the step is completed or deferred. Else
    /// nothing that was saved stays, and the context forgets what it tracked. Afterwards the context has its own connection again.
    /// </summary>
    /// <param name="context">The step's.</param>
    /// <param name="db">The context, for Postgres and registered with a connection string or a data source, and in no transaction.</param>
    /// <param name="work">The step.</param>
    /// <exception cref="ConcurrencyConflictException">A concurrency token was not what it was when the step read it. The kit makes the step
    /// again.</exception>
    /// <exception cref="InvalidOperationException">The context cannot work in the transaction; the message says what to change.</exception>
    public static Task<StepOutcome> With(this ReadingStepContext context, DbContext db, Func<Task<StepOutcome>> work)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(work);
        return Run(context, db, work, outcome => outcome is StepOutcome.Completed or StepOutcome.Deferred);
    }

    internal static Task<UndoOutcome> With(this ReadingStepContext context, DbContext db, Func<Task<UndoOutcome>> work) =>
        Run(context, db, work, outcome => outcome is UndoOutcome.Completed);

    private static async Task<TOutcome> Run<TOutcome>(
        ReadingStepContext context,
        DbContext db,
        Func<Task<TOutcome>> work,
        Predicate<TOutcome> keeps
    )
    {
        var connection = await UnitConnection.Enter(db, context.Database.Transaction, context.CancellationToken);
        var isSaved = false;
        try
        {
            var outcome = await NoRetries.Run(db, () => WorkAndSave(context, db, work, keeps), context.CancellationToken);
            isSaved = keeps(outcome);
            return outcome;
        }
        catch (DbUpdateConcurrencyException exception)
        {
            throw new ConcurrencyConflictException($"Somebody else has changed {Names(exception)} since the step read it.", exception);
        }
        finally
        {
            connection.Leave(isSaved);
        }
    }

    private static async Task<TOutcome> WorkAndSave<TOutcome>(
        ReadingStepContext context,
        DbContext db,
        Func<Task<TOutcome>> work,
        Predicate<TOutcome> keeps
    )
    {
        var outcome = await work();
        if (!keeps(outcome))
        {
            await context.Database.TakeBack(context.CancellationToken);
            return outcome;
        }

        // When it fails, the kit goes back to before the step; a savepoint of the context's would be two round trips for nothing.
        db.Database.AutoSavepointsEnabled = false;
        await db.SaveChangesAsync(context.CancellationToken);
        return outcome;
    }

    private static string Names(DbUpdateConcurrencyException exception) =>
        exception.Entries.Count == 0
            ? "a row"
            : "a row of "
                + string.Join(", ", exception.Entries.Select(entry => entry.Metadata.DisplayName()).Distinct(StringComparer.Ordinal));
}
