using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Plans.Versions;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Control;

/// <summary>The plan versions that this node has, and those that the store knows of.</summary>
public sealed class SagaPlans
{
    private readonly PlanCatalogue plans;
    private readonly ISummaries summaries;
    private readonly IPlanVersions? versions;

    internal SagaPlans(PlanCatalogue plans, ISummaries summaries, IPlanVersions? versions) =>
        (this.plans, this.summaries, this.versions) = (plans, summaries, versions);

    /// <summary>Every version, by type and then the newest first.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<PlanVersionStatus>> Read(CancellationToken cancellationToken)
    {
        var registered = versions is null ? [] : await versions.Registered(cancellationToken);
        var counts = (await summaries.Counts(cancellationToken)).ToLookup(count => (count.Type, count.PlanVersion));
        return
        [
            .. plans
                .All.Select(plan => (plan.Type, Version: plan.Definition.Version))
                .Union(registered.Select(version => (version.Type, version.Version)))
                .Union(counts.Select(count => (count.Key.Type, Version: count.Key.PlanVersion)))
                .OrderBy(version => version.Type, StringComparer.Ordinal)
                .ThenByDescending(version => version.Version)
                .Select(version => Of(version.Type, version.Version, [.. counts[version]])),
        ];
    }

    /// <summary>One version; null when neither this node nor the store knows it.</summary>
    /// <param name="type">The plan's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<PlanVersionStatus?> Find(string type, int version, CancellationToken cancellationToken) =>
        (await Read(cancellationToken)).FirstOrDefault(known => known.Type == type && known.Version == version);

    private PlanVersionStatus Of(string type, int version, IReadOnlyList<SagaCount> counts)
    {
        var plan = plans.TryGet(type, version);
        var newest = plans.Find(type)?.Definition.Version;
        var underWay = counts.Where(count => !IsEnd(count.State)).Sum(count => count.Count);
        return new PlanVersionStatus(type, version, plan, version == newest, underWay, counts)
        {
            Findings = [.. Findings(plan, version, newest, underWay)],
        };
    }

    private static bool IsEnd(string state) => state is nameof(SagaState.Completed) or nameof(SagaState.Failed);

    private static IEnumerable<string> Findings(Plan? plan, int version, int? newest, long underWay)
    {
        switch (plan)
        {
            case null when underWay > 0 && version > newest:
                yield return $"{underWay} sagas are under way on it, and this node does not have it yet. Nodes that do serve them.";
                break;
            case null when underWay > 0:
                yield return $"{underWay} sagas are under way on it, and this node does not have it. Deploy a build that has it.";
                break;
            case { } when version < newest && underWay == 0:
                yield return "No saga is under way on it. Its class may be removed.";
                break;
        }
    }
}

/// <summary>How a plan version stands.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Plan">The plan; null when this node does not have it.</param>
/// <param name="IsNewest">Whether this node starts sagas on it.</param>
/// <param name="UnderWay">How many sagas on it have not ended.</param>
/// <param name="Counts">How many sagas on it are in which state.</param>
public sealed record PlanVersionStatus(string Type, int Version, Plan? Plan, bool IsNewest, long UnderWay, IReadOnlyList<SagaCount> Counts)
{
    /// <summary>What is to be done about it, in sentences.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
}
