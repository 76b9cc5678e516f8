using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;
using SagaOrchestrator.Outbox.Endpoints;
using SagaOrchestrator.Outbox.Telemetry;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.Commit.Groups;

/// <summary>
/// Commits units in groups: those that come while a commit is on its way are written by the next one, together. With nothing on its way a
/// unit goes at once. A unit that fails, fails alone; one that must see the database first has a transaction of its own.
/// </summary>
/// <remarks>
/// A caller can give up until his unit is taken into a group; then he waits for its outcome. When the connection dies in the middle,
/// nobody knows whether the group was committed: its callers get the exception, their handlers run again, and the inbox tells.
/// </remarks>
public sealed class GroupCommitter : ICommitter, IAsyncDisposable, IDisposable
{
    private const int LargestGroup = 256;
    private const int LargestBacklog = 4096;

    private readonly TransactionCommitter alone;
    private readonly GroupStatement statement;
    private readonly OutboxForgetting forgetting;
    private readonly Channel<GroupMember> queue = Channel.CreateBounded<GroupMember>(new BoundedChannelOptions(LargestBacklog) { SingleReader = true });
    private readonly List<GroupMember> deferred = [];
    private readonly Task writing;

    private GroupCommitter(ServiceDatabase database, string schema, IGroupRows rows)
    {
        alone = new TransactionCommitter(database.Source, schema);
        statement = new GroupStatement(database.Groups, schema, rows);
        forgetting = new OutboxForgetting(database.Groups, schema);
        writing = Task.Run(WriteGroups);
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

        var member = new GroupMember(unit, scope);
        var result = await Join(member, cancellationToken);
        if (result == MemberResult.Alone && !scope.HasMore)
        {
            // The same statement with one unit in it: whatever fails now is this unit's failure.
            OutboxMetrics.Alone.Add(1);
            result = (await statement.Execute([member], []))[0];
        }

        return await Settle(unit, scope, result, cancellationToken);
    }

    // False when the unit must see the database first. Work of that kind goes straight to a transaction of its own from then on.
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

        if (!scope.IsLeft)
        {
            return true;
        }

        foreach (var work in unit.Work)
        {
            work.NeedsTransaction = true;
        }

        return false;
    }

    private async Task<CommitResult> Settle(UnitOfWork unit, GroupScope scope, MemberResult result, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case MemberResult.Committed:
                unit.Committed();
                return CommitResult.Committed;
            case MemberResult.Duplicate:
                return CommitResult.Duplicate;
            case MemberResult.Conflict when scope.Row?.Conflict() is { } conflict:
                throw conflict;
            default:
                OutboxMetrics.Alone.Add(1);
                return await alone.Commit(unit, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<bool> IsHandled(Guid messageId, CancellationToken cancellationToken) => alone.IsHandled(messageId, cancellationToken);

    /// <inheritdoc/>
    public void Forget(Guid messageId) => forgetting.Add(messageId);

    /// <summary>Writes what is waiting, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (queue.Writer.TryComplete())
        {
            await writing;
            await forgetting.DisposeAsync();
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
            // The process is ending. The message goes back to its queue.
            throw new OperationCanceledException("The committer has ended.", exception);
        }

        await using var withdrawal = cancellationToken.UnsafeRegister(static (state, token) => ((GroupMember)state!).Withdraw(token), member);
        return await member.Result;
    }

    private async Task WriteGroups()
    {
        while (deferred.Count > 0 || await queue.Reader.WaitToReadAsync())
        {
            var group = NextGroup();
            if (group.Count > 0)
            {
                await Write(group);
            }
        }
    }

    // Units that touch the same row, or handle the same message, follow one another.
    private List<GroupMember> NextGroup()
    {
        var (group, rows, ids) = (new List<GroupMember>(), new HashSet<(Guid, string?)>(), new HashSet<Guid>());
        var waiting = deferred.ToArray();
        deferred.Clear();
        foreach (var member in waiting)
        {
            Place(member);
        }

        while (group.Count < LargestGroup && queue.Reader.TryRead(out var member))
        {
            if (member.TryTake())
            {
                Place(member);
            }
        }

        return group;

        void Place(GroupMember member)
        {
            var clashes = (member.Scope.Row is { } row && rows.Contains(row.Key)) || (member.Unit.Inbox is { } inbox && ids.Contains(inbox.MessageId));
            if (clashes || group.Count == LargestGroup)
            {
                deferred.Add(member);
                return;
            }

            group.Add(member);
            if (member.Scope.Row is { } own)
            {
                rows.Add(own.Key);
            }

            if (member.Unit.Inbox is { } handled)
            {
                ids.Add(handled.MessageId);
            }
        }
    }

    private async Task Write(List<GroupMember> group)
    {
        var started = Stopwatch.GetTimestamp();
        var forget = forgetting.Take();
        try
        {
            var results = await statement.Execute(group, forget);
            CrashPoint.Pass(CrashPoint.GroupCommitted);
            OutboxMetrics.Committed(group.Count, started);
            for (var no = 0; no < results.Length; no++)
            {
                group[no].Complete(results[no]);
            }
        }
        catch (Exception exception)
        {
            forgetting.GiveBack(forget);
            Fail(group, exception);
        }
    }

    private static void Fail(List<GroupMember> group, Exception exception)
    {
        // A failure of the surroundings is everybody's; one of a unit must not be its neighbours'. A deadlock is nobody's.
        var isEverybodys = Transient.Is(exception) && exception is not PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };
        foreach (var member in group)
        {
            if (isEverybodys)
            {
                member.Fail(exception);
            }
            else
            {
                member.Complete(MemberResult.Alone);
            }
        }
    }
}
