using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Plans.Versions;

/// <summary>
/// Before anything is served: every saga under way must find the plan version that it started with, unchanged (rule S32). A version newer
/// than this build's is left to the nodes that have it: a node of the former build may be started again in the middle of a deploy, or of
/// its way back.
/// </summary>
internal sealed class PlanVersionCheck(PlanCatalogue plans, IPlanVersions versions, ILogger<PlanVersionCheck> log)
{
    /// <summary>Registers what is new. Throws an <see cref="InvalidOperationException"/> that lists what is gone or changed.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var stored = await versions.Read(cancellationToken);
        foreach (var newer in stored.Where(version => version.UnderWay > 0 && IsNewer(version)))
        {
            SagaLog.NewerPlan(log, newer.Type, newer.Version, newer.UnderWay);
        }

        string[] findings = [.. stored.Where(version => version.UnderWay > 0).Select(Finding).OfType<string>()];
        if (findings.Length > 0)
        {
            throw new InvalidOperationException(
                $"Sagas under way need plan versions that this build does not have:{Environment.NewLine}"
                    + string.Join(Environment.NewLine, findings.Select((finding, index) => $"{index + 1}. {finding}"))
                    + $"{Environment.NewLine}Keep the old plan beside the new one, under its own version, until its sagas have ended."
            );
        }

        foreach (var shape in plans.All.Select(plan => plan.Definition))
        {
            var known = stored.FirstOrDefault(version => (version.Type, version.Version) == (shape.Type, shape.Version));
            if (known?.Fingerprint != shape.Fingerprint)
            {
                await versions.Write(shape.Type, shape.Version, shape.Fingerprint, cancellationToken);
            }
        }
    }

    private bool IsNewer(StoredPlanVersion stored) => plans.Find(stored.Type) is { } newest && stored.Version > newest.Definition.Version;

    private string? Finding(StoredPlanVersion stored)
    {
        if (IsNewer(stored))
        {
            return null;
        }

        var name = $"'{stored.Type}' version {stored.Version}";
        if (plans.TryGet(stored.Type, stored.Version) is not { } plan)
        {
            return plans.Unread.FirstOrDefault(unread => (unread.Type, unread.Version) == (stored.Type, stored.Version)) is { } unread
                ? $"Plan {name} is a document that this build cannot use, and {stored.UnderWay} sagas are under way on it: "
                    + $"{unread.Problem} Start the build that it was registered with."
                : $"Plan {name} is gone, and {stored.UnderWay} sagas are under way on it.";
        }

        return stored.Fingerprint is { } fingerprint && fingerprint != plan.Definition.Fingerprint
            ? $"Plan {name} has changed, and {stored.UnderWay} sagas are under way on it. It was: {fingerprint}. It is: "
                + $"{plan.Definition.Fingerprint}."
            : null;
    }
}
