using System.Collections.Frozen;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Plans;

/// <summary>Plans that go together, by type and version.</summary>
internal sealed class KnownPlans
{
    private readonly Dictionary<(string Type, int Version), Plan> plans = [];
    private readonly FrozenDictionary<string, Plan> newest;

    public KnownPlans(IEnumerable<Plan> plans)
    {
        foreach (var plan in plans)
        {
            // A type that cannot be described is found here, and not by the first start.
            _ = plan.Start;
            if (plan.Marks is { Findings: { Count: > 0 } findings })
            {
                throw new InvalidOperationException(
                    $"The plan '{plan.Type}' version {plan.Definition.Version} cannot be used:{Environment.NewLine}"
                        + string.Join(Environment.NewLine, findings.Select((finding, index) => $"{index + 1}. {finding}"))
                );
            }

            if (!this.plans.TryAdd((plan.Type, plan.Definition.Version), plan))
            {
                throw new InvalidOperationException(
                    $"Two plans are called '{plan.Type}' version {plan.Definition.Version}. Give one of them another type or version."
                );
            }
        }

        Newest = [.. this.plans.Values.GroupBy(plan => plan.Type).Select(group => group.MaxBy(plan => plan.Definition.Version)!)];
        newest = Newest.ToFrozenDictionary(plan => plan.Type);
        Starts = Newest.Select(plan => plan.StartType).OfType<Type>().ToFrozenSet();
        Columns = this
            .plans.Values.SelectMany(plan => plan.Columns.Select(column => (Plan: plan, Column: column)))
            .GroupBy(declared => declared.Column.Name)
            .ToFrozenDictionary(group => group.Key, group => Common([.. group]));
    }

    public IReadOnlyList<Plan> Newest { get; }

    public IReadOnlyDictionary<string, BusinessColumn> Columns { get; }

    public IReadOnlyCollection<Plan> All => plans.Values;

    public FrozenSet<Type> Starts { get; }

    public Plan? NewestOf(string type) => newest.GetValueOrDefault(type);

    public Plan? TryGet(string type, int version) => plans.GetValueOrDefault((type, version));

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
