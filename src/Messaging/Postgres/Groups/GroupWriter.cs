using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Outbox;
using SagaOrchestrator.Messaging.Postgres.Telemetry;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Postgres.Groups;

/// <summary>Writes the units that wait, one group after another, and hands over what each group sends.</summary>
internal sealed class GroupWriter : IAsyncDisposable
{
    private const int LargestBacklog = 4096;

    private readonly GroupStatement statement;
    private readonly NpgsqlDataSource groups;
    private readonly OutboxDeletion sentGroups;
    private readonly Channel<GroupMember> queue = Channel.CreateBounded<GroupMember>(
        new BoundedChannelOptions(LargestBacklog) { SingleReader = true }
    );
    private readonly List<GroupMember> deferred = [];
    private readonly CancellationTokenSource ending = new();
    private readonly Task writing;

    public GroupWriter(ServiceDatabase database, string schema, IGroupRows rows)
    {
        statement = new GroupStatement(schema, rows);
        groups = database.Groups;
        sentGroups = new OutboxDeletion(groups, schema + ".outbox_group", "id");
        writing = Task.Run(WriteGroups);
    }

    public Action<OutboxGroup>? Send { get; set; }

    public void DeleteSent(OutboxGroup group) => sentGroups.Add(group.Id);

    /// <summary>Writes what is waiting, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (queue.Writer.TryComplete())
        {
            await ending.CancelAsync();
            await writing;
            ending.Dispose();
            await sentGroups.DisposeAsync();
        }
    }

    /// <summary>Writes a unit with the next group. A caller can give up until it is taken into one.</summary>
    public async Task<MemberResult> Join(GroupMember member, CancellationToken cancellationToken)
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

    /// <summary>Writes one unit by itself, with the statement of the groups.</summary>
    public async Task<MemberResult> WriteOne(NpgsqlDataSource database, GroupMember member) =>
        (await WriteAndSend(database, [member], []))[0];

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
