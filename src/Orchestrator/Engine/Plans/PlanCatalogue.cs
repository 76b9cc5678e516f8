using System.Collections.Immutable;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Plans;

/// <summary>The plans that this node knows. Resolve it from the container.</summary>
public sealed class PlanCatalogue
{
    private readonly Lock writing = new();
    private volatile KnownPlans known;
    private volatile ImmutableList<UnreadPlan> unread = [];

    /// <param name="plans">What is registered.</param>
    /// <exception cref="InvalidOperationException">Two have one name and version.</exception>
    public PlanCatalogue(IEnumerable<Plan> plans) => known = new KnownPlans(plans);

    /// <summary>Of each type the newest version, in the order of registration.</summary>
    public IReadOnlyList<Plan> Newest => known.Newest;

    /// <summary>The columns of all plans by their names. One is indexed when each version that has it says so.</summary>
    public IReadOnlyDictionary<string, BusinessColumn> Columns => known.Columns;

    internal IReadOnlyCollection<Plan> All => known.All;

    /// <summary>Is told when plans have come while the node runs.</summary>
    internal event EventHandler? Added;

    /// <summary>The queues that the steps name.</summary>
    internal IReadOnlyList<string> Participants =>
        [
            .. All.SelectMany(plan => plan.Definition.Steps)
                .Select(step => step.Participant)
                .Where(name => name.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Whether messages of this type start sagas.</summary>
    internal bool IsStart(Type message) => message == typeof(StartSaga) || known.Starts.Contains(message);

    /// <summary>The newest version of a type, which starts use; null when there is no such type.</summary>
    /// <param name="type">The plan's name.</param>
    public Plan? Find(string type) => known.NewestOf(type);

    internal Plan? TryGet(string type, int version) => known.TryGet(type, version);

    internal Plan Get(string type, int version) =>
        TryGet(type, version)
        ?? throw new NotOnThisNodeException(
            $"This node does not know plan '{type}' version {version}. Deploy a build that has it; its sagas must end on it (rule S32)."
        );

    /// <summary>The registered documents that this build cannot use.</summary>
    internal IReadOnlyList<UnreadPlan> Unread => unread;

    /// <summary>Notes a document that this build cannot use.</summary>
    internal void Leave(UnreadPlan plan)
    {
        lock (writing)
        {
            unread = unread.Add(plan);
        }
    }

    /// <summary>Leaves a start to another node when the newest plan of its type is a document that this build cannot use.</summary>
    /// <param name="type">The plan's name.</param>
    /// <exception cref="NotOnThisNodeException">Another node, or a later build, has that plan.</exception>
    public void ThrowIfUnread(string type)
    {
        var newest = Find(type)?.Definition.Version ?? 0;
        if (unread.FirstOrDefault(plan => plan.Type == type && plan.Version > newest) is { } left)
        {
            throw new NotOnThisNodeException(
                $"The plan {left.Name} is a document that this build cannot use, so this node starts no saga of it: {left.Problem} "
                    + "Deploy the build that the document was registered with. Nothing was started."
            );
        }
    }

    /// <summary>Says what keeps plans from being added; null when nothing does.</summary>
    internal string? Objection(IEnumerable<Plan> more)
    {
        try
        {
            _ = new KnownPlans([.. known.All, .. more]);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Adds plans while the node runs: starts use the newest from then on, and sagas under way stay where they are.</summary>
    /// <exception cref="InvalidOperationException">They do not go together with those that there are.</exception>
    internal void Add(IReadOnlyCollection<Plan> more)
    {
        if (more.Count == 0)
        {
            return;
        }

        lock (writing)
        {
            known = new KnownPlans([.. known.All, .. more]);
        }

        Added?.Invoke(this, EventArgs.Empty);
    }
}
