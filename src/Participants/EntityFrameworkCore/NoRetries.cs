using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace SagaOrchestrator.Participants.EntityFrameworkCore;

/// <summary>
/// An execution strategy that never retries, and that suspends the context's own while something runs in it: one that retries refuses a
/// transaction that it has not begun.
/// </summary>
internal sealed class NoRetries : ExecutionStrategy
{
    private NoRetries(DbContext db)
        : base(db, maxRetryCount: 0, maxRetryDelay: TimeSpan.Zero) { }

    public static Task<T> Run<T>(DbContext db, Func<Task<T>> work, CancellationToken cancellationToken) =>
        new NoRetries(db).ExecuteAsync(work, (_, inner, _) => inner(), verifySucceeded: null, cancellationToken);

    protected override bool ShouldRetryOn(Exception exception) => false;
}
