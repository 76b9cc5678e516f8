using System.Diagnostics;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Postgres.Groups;

/// <summary>A unit that waits to be written, and what becomes of it.</summary>
internal sealed class GroupMember(UnitOfWork unit, GroupScope scope)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Withdrawn = 2;

    private readonly TaskCompletionSource<MemberResult> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int state = Waiting;

    public UnitOfWork Unit => unit;

    public GroupScope Scope => scope;

    /// <summary>The span in which the unit was handed in; default when nobody traces.</summary>
    public ActivityContext Asked { get; } = Activity.Current?.Context ?? default;

    /// <summary>The span of the commit that wrote it, or was to; default when nobody traces.</summary>
    public ActivityContext CommittedIn { get; set; }

    /// <summary>Ends once the unit is written, or known not to be.</summary>
    public Task<MemberResult> Result => result.Task;

    /// <summary>
    /// Takes the unit into a group. False when its caller has given up; from now on he cannot, because the commit is on its way.
    /// </summary>
    public bool TryTake() => Interlocked.CompareExchange(ref state, Taken, Waiting) == Waiting;

    public void Withdraw(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref state, Withdrawn, Waiting) == Waiting)
        {
            result.TrySetCanceled(cancellationToken);
        }
    }

    public void Complete(MemberResult how) => result.TrySetResult(how);

    public void Fail(Exception exception) => result.TrySetException(exception);
}

/// <summary>How a unit fared in its group.</summary>
internal enum MemberResult
{
    Committed,
    Duplicate,

    /// <summary>Another message with its id was handled before.</summary>
    ReusedId,

    /// <summary>Its row was changed by somebody else.</summary>
    Conflict,

    /// <summary>The group failed on account of one of its units. Each is tried alone, so that only that one fails.</summary>
    Alone,

    /// <summary>The group failed because somebody holds a row of one of its units. Each is tried alone, and hardly waits.</summary>
    Held,
}
