using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Failures;
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
    private const int LargestBacklog = 4096;

    private readonly TransactionCommitter alone;
    private readonly GroupStatement statement;
    private readonly NpgsqlDataSource groups;
    private readonly NpgsqlDataSource impatient;
    private readonly OutboxDeletion sentGroups;
    private readonly OutboxDeletion sentMessages;
    private readonly Channel<GroupMember> queue = Channel.CreateBounded<GroupMember>(
        new BoundedChannelOptions(LargestBacklog) { SingleReader = true }
    );
    private readonly List<GroupMember> deferred = [];
    private readonly HeldRows held = new(TimeProvider.System);
    private readonly CancellationTokenSource ending = new();
    private readonly Task writing;

    private GroupCommitter(ServiceDatabase database, string schema, IGroupRows rows)
    {
        alone = new TransactionCommitter(database.Source, schema);
        statement = new GroupStatement(schema, rows);
        (groups, impatient) = (database.Groups, database.Impatient);
        sentGroups = new OutboxDeletion(database.Groups, schema + ".outbox_group", "id");
        sentMessages = new OutboxDeletion(database.Groups, schema + ".outbox", "message_id");
        writing = Task.Run(WriteGroups);
    }

    /// <inheritdoc/>
    public Action<OutboxGroup>? Send { get; set; }

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
        var result = held.Contains(scope.Row) ? MemberResult.Held : await Join(member, cancellationToken);
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
            : (await WriteAndSend(groups, [member], []))[0];
    }

    private async Task<MemberResult> WriteHeld(GroupMember member)
    {
        try
        {
            return (await WriteAndSend(impatient, [member], []))[0];
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
    public void DeleteSent(OutboxGroup group) => sentGroups.Add(group.Id);

    /// <summary>Writes what is waiting, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (queue.Writer.TryComplete())
        {
            await ending.CancelAsync();
            await writing;
            ending.Dispose();
            held.Dispose();
            await sentGroups.DisposeAsync();
            await sentMessages.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<MemberResult> Join(GroupMember member, CancellationToken cancellationToken)
    {
        try
        {
            await queue.Writer.WriteAsync(member, cancellationToken);
        }
        catch (ChannelClosedException exception)
        {
            // The process is ending. The message is requeued.
            throw new OperationCanceledException("The committer has ended.", exception);
        }

        await using var withdrawal = cancellationToken.UnsafeRegister(
            static (state, token) => ((GroupMember)state!).Withdraw(token),
            member
        );
        return await member.Result;
    }

    private async Task WriteGroups()
    {
        var pace = new GroupPace();
        while (deferred.Count > 0 || await queue.Reader.WaitToReadAsync())
        {
            await Rest(pace.Rest(queue.Reader.Count, Stopwatch.GetTimestamp()));
            var group = TakeGroup();
            pace.Began(group.Count, Stopwatch.GetTimestamp());
            if (group.Count > 0)
            {
                await Write(group);
            }
        }
    }

    private async ValueTask Rest(TimeSpan rest)
    {
        // A timer is no more exact than this.
        if (rest >= TimeSpan.FromMilliseconds(1))
        {
            await Task.Delay(rest, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<GroupMember> TakeGroup()
    {
        var group = new NextGroup();
        deferred.RemoveAll(group.TryAdd);
        while (!group.IsFull && queue.Reader.TryRead(out var member))
        {
            if (member.TryTake() && !group.TryAdd(member))
            {
                deferred.Add(member);
            }
        }

        return group.Members;
    }

    private async Task Write(List<GroupMember> group)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = CommitSpan.Start(group);
        var sent = sentGroups.Take();
        try
        {
            var results = await WriteAndSend(groups, group, sent);
            PostgresMetrics.Committed(group.Count, started);
            for (var no = 0; no < results.Length; no++)
            {
                group[no].Complete(results[no]);
            }
        }
        catch (Exception exception)
        {
            CommitSpan.Fail(span, exception);
            sentGroups.Retry(sent);
            Fail(group, exception);
        }
    }

    private async Task<MemberResult[]> WriteAndSend(NpgsqlDataSource database, IReadOnlyList<GroupMember> members, Guid[] sent)
    {
        CrashPoint.Pass(CrashPoint.GroupBegun);
        var id = Guid.CreateVersion7();
        var results = await statement.Execute(database, members, id, sent);
        CrashPoint.Pass(CrashPoint.GroupCommitted);
        var units = members
            .Where((member, no) => results[no] == MemberResult.Committed && member.Unit.Messages.Count > 0)
            .Select(member => member.Unit)
            .ToList();
        if (Send is not null && units.Count > 0)
        {
            var group = new OutboxGroup(id, [.. units.SelectMany(unit => unit.Messages)]);
            units.ForEach(unit => unit.Settled = group.AllSettled);
            Send(group);
            CrashPoint.Pass(CrashPoint.GroupHandedOver);
        }

        return results;
    }

    private static void Fail(List<GroupMember> group, Exception exception)
    {
        var what = WhatOfEach(exception);
        foreach (var member in group)
        {
            if (what is { } next)
            {
                member.Complete(next);
            }
            else
            {
                member.Fail(exception);
            }
        }
    }

    // A database that is away stops every unit. A failure of one unit must not be its neighbours', nor a row that somebody holds; a
    // deadlock is nobody's fault.
    private static MemberResult? WhatOfEach(Exception exception) =>
        exception switch
        {
            PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => MemberResult.Held,
            PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected } => MemberResult.Alone,
            _ => Transient.Is(exception) ? null : MemberResult.Alone,
        };
}
