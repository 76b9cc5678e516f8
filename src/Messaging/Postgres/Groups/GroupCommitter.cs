using System.Diagnostics;
using Npgsql;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Postgres.Commit;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Outbox;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Postgres.Telemetry;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Postgres.Groups;

/// <summary>
/// Commits units in groups: those that come while a commit is on its way are written by the next one, together. With nothing on its way a
/// unit goes at once. A unit that fails, fails alone; one that must see the database first has a transaction of its own.
/// </summary>
/// <remarks>
/// A caller can give up until his unit is taken into a group; then he waits for its outcome. When the connection dies in the middle,
/// nobody knows whether the group was committed: its callers get the exception, their handlers run again, and the inbox tells.
/// </remarks>
public sealed class GroupCommitter : IGroupCommitter, IAsyncDisposable, IDisposable
{
    private readonly TransactionCommitter alone;
    private readonly GroupWriter writer;
    private readonly NpgsqlDataSource groups;
    private readonly NpgsqlDataSource impatient;
    private readonly OutboxDeletion sentMessages;
    private readonly HeldRows held = new(TimeProvider.System);
    private int isDisposed;

    private GroupCommitter(ServiceDatabase database, string schema, IGroupRows rows)
    {
        alone = new TransactionCommitter(database.Source, schema);
        writer = new GroupWriter(database, schema, rows);
        (groups, impatient) = (database.Groups, database.Impatient);
        sentMessages = new OutboxDeletion(database.Groups, schema + ".outbox", "message_id");
    }

    /// <inheritdoc/>
    public Action<OutboxGroup>? Send
    {
        get => writer.Send;
        set => writer.Send = value;
    }

    /// <summary>A committer, which writes until it is disposed.</summary>
    /// <param name="database">The service's database.</param>
    /// <param name="schema">Where inbox and outbox are.</param>
    /// <param name="rows">How the service's own rows are written; null when it has none.</param>
    public static GroupCommitter Start(ServiceDatabase database, string schema, IGroupRows? rows = null) =>
        new(database, schema, rows ?? new NoGroupRows());

    /// <inheritdoc/>
    public async Task<CommitResult> Commit(UnitOfWork unit, CancellationToken cancellationToken)
    {
        var scope = new GroupScope(unit.IsFirstDelivery);
        if (!await TryPrepare(unit, scope, cancellationToken))
        {
            return await alone.Commit(unit, cancellationToken);
        }

        var result = await WriteInGroup(unit, scope, cancellationToken);
        return result == MemberResult.Alone ? await CommitAlone(unit, cancellationToken) : Settle(unit, result);
    }

    /// <inheritdoc/>
    public async Task<Task<CommitResult>> Begin(UnitOfWork unit, CancellationToken cancellationToken)
    {
        var scope = new GroupScope(unit.IsFirstDelivery);
        return await TryPrepare(unit, scope, cancellationToken)
            ? WriteAndSettle(unit, scope)
            : Task.FromResult(await alone.Commit(unit, cancellationToken));
    }

    private async Task<CommitResult> WriteAndSettle(UnitOfWork unit, GroupScope scope)
    {
        // What waits for its group is written even when its delivery is lost meanwhile: when it comes again, the inbox knows it.
        var result = await WriteInGroup(unit, scope, CancellationToken.None);
        return result == MemberResult.Alone ? throw new NeedsTransactionException() : Settle(unit, result);
    }

    private async Task<MemberResult> WriteInGroup(UnitOfWork unit, GroupScope scope, CancellationToken cancellationToken)
    {
        var member = new GroupMember(unit, scope);
        var result = held.Contains(scope.Row) ? MemberResult.Held : await writer.Join(member, cancellationToken);
        CommitSpan.LinkFrom(Activity.Current, member);
        if (result is MemberResult.Alone or MemberResult.Held)
        {
            result = await WriteOne(member, result, cancellationToken);
        }

        if (result != MemberResult.Conflict)
        {
            return result;
        }

        return scope.Row?.Conflict() is { } conflict ? throw conflict : MemberResult.Alone;
    }

    // The same statement with one unit in it: whatever fails now is this unit's failure.
    private async Task<MemberResult> WriteOne(GroupMember member, MemberResult why, CancellationToken cancellationToken)
    {
        if (member.Scope.HasMore && member.Scope.Row is not { IsForGroupsOnly: true })
        {
            return MemberResult.Alone;
        }

        PostgresMetrics.LeftGroup();
        return why == MemberResult.Held
            ? await held.InTurn(() => WriteHeld(member), cancellationToken)
            : await writer.WriteOne(groups, member);
    }

    private async Task<MemberResult> WriteHeld(GroupMember member)
    {
        try
        {
            return await writer.WriteOne(impatient, member);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            held.Add(member.Scope.Row);
            throw;
        }
    }

    // False when the unit must see the database first, or writes two rows of the service's own.
    private static async Task<bool> TryPrepare(UnitOfWork unit, GroupScope scope, CancellationToken cancellationToken)
    {
        if (unit.Work.Any(work => work.NeedsTransaction))
        {
            return false;
        }

        try
        {
            await unit.Execute(scope, cancellationToken);
        }
        catch (Exception) when (scope.IsLeft)
        {
            // Begun again below, where the database can be seen.
        }

        return !scope.IsLeft;
    }

    private static CommitResult Settle(UnitOfWork unit, MemberResult result)
    {
        if (result is MemberResult.Duplicate or MemberResult.ReusedId)
        {
            return result == MemberResult.Duplicate ? CommitResult.Duplicate : CommitResult.ReusedId;
        }

        unit.Committed();
        return CommitResult.Committed;
    }

    private Task<CommitResult> CommitAlone(UnitOfWork unit, CancellationToken cancellationToken)
    {
        PostgresMetrics.LeftGroup();
        return alone.Commit(unit, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> IsHandled(Guid messageId, CancellationToken cancellationToken) => alone.IsHandled(messageId, cancellationToken);

    /// <inheritdoc/>
    public Task<CommitResult?> Recall(InboxEntry entry, CancellationToken cancellationToken) => alone.Recall(entry, cancellationToken);

    /// <inheritdoc/>
    public void DeleteSent(Guid messageId) => sentMessages.Add(messageId);

    /// <inheritdoc/>
    public void DeleteSent(OutboxGroup group) => writer.DeleteSent(group);

    /// <summary>Writes what is waiting, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 0)
        {
            await writer.DisposeAsync();
            held.Dispose();
            await sentMessages.DisposeAsync();
            alone.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
