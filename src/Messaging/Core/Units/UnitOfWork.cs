namespace SagaOrchestrator.Messaging.Units;

/// <summary>
/// Everything that one delivery attempt of one message changes: state, outgoing messages and the inbox row.
/// It commits as a whole or not at all (rule S25); its messages leave only after the commit (rule S28).
/// </summary>
public sealed class UnitOfWork : IDisposable
{
    private readonly List<IUnitWork> work = [];
    private readonly List<OutgoingMessage> messages = [];
    private List<Action>? afterCommit;
    private List<IDisposable>? held;
    private int messagesOfHandler = -1;
    private int actionsOfHandler;

    /// <summary>Begins a unit.</summary>
    /// <param name="inbox">The message that is being handled; null when no message is (a REST request).</param>
    public UnitOfWork(InboxEntry? inbox) => Inbox = inbox;

    /// <summary>The message that is being handled. A second unit with the same one is a duplicate and changes nothing.</summary>
    public InboxEntry? Inbox { get; }

    /// <summary>Whether nothing says that the message was delivered before, to this process or to another.</summary>
    public bool IsFirstDelivery { get; init; }

    /// <summary>How often its message was handled before, on this delivery, and somebody else was faster.</summary>
    public int Conflicts { get; init; }

    /// <summary>What to write, in order.</summary>
    public IReadOnlyList<IUnitWork> Work => work;

    /// <summary>What to send after the commit.</summary>
    public IReadOnlyList<OutgoingMessage> Messages => messages;

    /// <summary>
    /// Ends once every message that was committed together with this unit's is confirmed, or could not be sent. Null when nobody has sent
    /// this unit's messages yet.
    /// </summary>
    public Task? Settled { get; set; }

    /// <summary>Adds something to write when the unit commits.</summary>
    public void Add(IUnitWork item) => work.Add(item);

    /// <summary>Adds a message to send after the commit.</summary>
    public void Add(OutgoingMessage message) => messages.Add(message);

    /// <summary>Adds something to do once the unit is committed, for example counting. Not done for a duplicate.</summary>
    public void AfterCommit(Action action) => (afterCommit ??= []).Add(action);

    /// <summary>Keeps something until the unit is through, committed or not.</summary>
    public void Hold(IDisposable thing) => (held ??= []).Add(thing);

    /// <summary>Lets go of what was held.</summary>
    public void Dispose()
    {
        held?.ForEach(thing => thing.Dispose());
        held = null;
    }

    /// <summary>Executes the work, from the beginning if it was executed before: what it had sent is dropped.</summary>
    public async Task Execute(CommitScope scope, CancellationToken cancellationToken)
    {
        if (messagesOfHandler < 0)
        {
            (messagesOfHandler, actionsOfHandler) = (messages.Count, afterCommit?.Count ?? 0);
        }

        messages.RemoveRange(messagesOfHandler, messages.Count - messagesOfHandler);
        afterCommit?.RemoveRange(actionsOfHandler, afterCommit.Count - actionsOfHandler);
        foreach (var item in work)
        {
            await item.Execute(scope, this, cancellationToken);
        }
    }

    /// <summary>Tells that the unit is committed: what was added with <see cref="AfterCommit"/> is done.</summary>
    public void Committed() => afterCommit?.ForEach(action => action());
}

/// <summary>The row that makes a second delivery of the same message a duplicate.</summary>
/// <param name="MessageId">The message's id.</param>
/// <param name="MessageType">Its type, for the person who reads the table.</param>
/// <param name="ContentHash">Of its type and bytes: another message under the same id is no duplicate.</param>
public sealed record InboxEntry(Guid MessageId, string MessageType, long ContentHash = 0);
