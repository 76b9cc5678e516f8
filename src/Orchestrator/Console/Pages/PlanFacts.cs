using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the page of plans shows.</summary>
internal sealed record PlanListFacts(IReadOnlyList<PlanItem> Plans)
{
    /// <summary>The versions about which something is to be done.</summary>
    public IReadOnlyList<string> Findings =>
        [.. Plans.Where(plan => plan.Findings.Count > 0).Select(plan => $"{plan.Type} version {plan.Version}")];

    public long UnderWay => Plans.Sum(plan => plan.UnderWay);

    public static async Task<PlanListFacts> Read(ApiClient api, CancellationToken cancellationToken) =>
        new((await api.Plans(cancellationToken)).Items);
}

/// <summary>What the page of one plan version shows.</summary>
/// <param name="Plan">The version.</param>
/// <param name="Others">The other versions of its type that this node has, the newest first.</param>
/// <param name="Comparison">What it says otherwise; null when there is nothing to compare.</param>
internal sealed record PlanFacts(PlanDetails Plan, IReadOnlyList<int> Others, PlanComparison? Comparison)
{
    public static async Task<PlanFacts> Read(ApiClient api, string type, int version, int? from, CancellationToken cancellationToken)
    {
        var plan = api.Plan(type, version, cancellationToken);
        var plans = api.Plans(cancellationToken);
        await Task.WhenAll(plan, plans);
        int[] others =
        [
            .. (await plans)
                .Items.Where(other => other.Type == type && other.IsHere && other.Version != version)
                .Select(other => other.Version)
                .OrderDescending(),
        ];
        var before = from ?? others.Cast<int?>().FirstOrDefault(other => other < version);
        return new PlanFacts(
            await plan,
            others,
            before is { } former && (await plan).IsHere ? await api.PlanDifferences(type, version, former, cancellationToken) : null
        );
    }
}
