using System.Globalization;

namespace SagaOrchestrator.Engine.Audit.Rules;

/// <summary>Lists and counts must know each saga as it is. Pure.</summary>
internal static class SummaryRules
{
    /// <summary>What is summed up is at most so late; more is an alarm of its own.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static IEnumerable<Finding> Of(AuditedSaga saga)
    {
        if (saga.UpdatedAt > saga.Now - Patience)
        {
            yield break;
        }

        if (saga.SummaryVersion is not { } version)
        {
            yield return new Finding(
                FindingKinds.SummaryMissing,
                saga.Id.ToString(),
                null,
                "It has no summary, so no list shows it. Counts may be one off for it; rebuild-summaries counts anew.",
                Repair.Summary
            );
        }
        else if (version < saga.Version)
        {
            yield return new Finding(
                FindingKinds.SummaryBehind,
                saga.Id.ToString(),
                null,
                string.Create(CultureInfo.InvariantCulture, $"Lists show its version {version}; it is at {saga.Version}."),
                Repair.Summary
            );
        }
    }
}
