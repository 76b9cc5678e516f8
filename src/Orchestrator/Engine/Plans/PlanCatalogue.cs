using System.Collections.Frozen;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Plans;

/// <summary>The plans that this node knows. Resolve it from the container.</summary>
public sealed class PlanCatalogue
{
    private readonly Dictionary<(string Type, int Version), Plan> plans = [];
    private readonly FrozenDictionary<string, Plan> newest;
    private readonly FrozenSet<Type> starts;

    /// <param name="plans">What is registered.</param>
    /// <exception cref="InvalidOperationException">Two have one name and version.</exception>
    public PlanCatalogue(IEnumerable<Plan> plans)
    {
        foreach (var plan in plans)
        {
            // A type that cannot be described is found here, and not by the first start.
            _ = Contract.Of(plan.StartType);
            if (!this.plans.TryAdd((plan.Type, plan.Definition.Version), plan))
            {
                throw new InvalidOperationException(
                    $"Two plans are called '{plan.Type}' version {plan.Definition.Version}. Give one of them another type or version."
                );
            }
        }

        Newest = [.. this.plans.Values.GroupBy(plan => plan.Type).Select(group => group.MaxBy(plan => plan.Definition.Version)!)];
        newest = Newest.ToFrozenDictionary(plan => plan.Type);
        starts = Newest.Select(plan => plan.StartType).ToFrozenSet();
        Columns = this
            .plans.Values.SelectMany(plan => plan.Columns.Select(column => (Plan: plan, Column: column)))
            .GroupBy(declared => declared.Column.Name)
            .ToFrozenDictionary(group => group.Key, group => Common([.. group]));
    }

    /// <summary>Of each type the newest version, in the order of registration.</summary>
    public IReadOnlyList<Plan> Newest { get; }

    /// <summary>The columns of all plans by their names. One is indexed when each version that has it says so.</summary>
    public IReadOnlyDictionary<string, BusinessColumn> Columns { get; }

    internal IEnumerable<Plan> All => plans.Values;

    /// <summary>Whether messages of this type start sagas.</summary>
    internal bool IsStart(Type message) => starts.Contains(message);

    /// <summary>The newest version of a type, which starts use; null when there is no such type.</summary>
    /// <param name="type">The plan's name.</param>
    public Plan? Find(string type) => newest.GetValueOrDefault(type);

    internal Plan? TryGet(string type, int version) => plans.GetValueOrDefault((type, version));

    internal Plan Get(string type, int version) =>
        TryGet(type, version)
        ?? throw new NotOnThisNodeException(
            $"This node does not know plan '{type}' version {version}. Deploy a build that has it; its sagas must end on it (rule S32)."
        );

    private static BusinessColumn Common((Plan Plan, BusinessColumn Column)[] declared)
    {
        var (first, column) = declared[0];
        return Array.Find(declared, other => other.Column.Kind != column.Kind) is { Plan: { } plan }
            ? throw new InvalidOperationException(
                $"The column '{column.Name}' is a {column.Kind} in plan '{first.Type}' version {first.Definition.Version} and something "
                    + $"else in '{plan.Type}' version {plan.Definition.Version}. "
                    + "Give one of them another name."
            )
            : column with
            {
                IsIndexed = declared.All(other => other.Column.IsIndexed),
            };
    }
}
