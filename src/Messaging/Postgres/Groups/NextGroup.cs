namespace SagaOrchestrator.Messaging.Postgres.Groups;

/// <summary>
/// A group while it is put together. Units that touch the same row, or handle the same message, follow one another in different groups.
/// </summary>
internal sealed class NextGroup
{
    private const int MostUnits = 256;
    private const int MostBytesToSend = 4 * 1024 * 1024;

    private readonly List<GroupMember> members = [];
    private readonly HashSet<(Guid, string?)> rows = [];
    private readonly HashSet<Guid> messages = [];
    private int bytesToSend;

    public List<GroupMember> Members => members;

    /// <summary>Whether the rest must wait for the group after. One unit always fits.</summary>
    public bool IsFull => members.Count == MostUnits || bytesToSend >= MostBytesToSend;

    public bool TryAdd(GroupMember member)
    {
        var (row, message) = (member.Scope.Row?.Key, member.Unit.Inbox?.MessageId);
        if (IsFull || (row is { } clashing && rows.Contains(clashing)) || (message is { } same && messages.Contains(same)))
        {
            return false;
        }

        members.Add(member);
        bytesToSend += member.Unit.Messages.Sum(outgoing => outgoing.Body.Length);
        if (row is { } key)
        {
            rows.Add(key);
        }

        if (message is { } handled)
        {
            messages.Add(handled);
        }

        return true;
    }
}
