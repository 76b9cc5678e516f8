namespace SagaOrchestrator.Engine.Audit.Rules;

/// <summary>A bulk job that runs must be in some node's hands. Pure.</summary>
internal static class JobRules
{
    public static Finding Abandoned(Guid job) =>
        new(
            FindingKinds.JobAbandoned,
            job.ToString(),
            null,
            "It is Running, and for a minute no node has taken it, so nobody acts on its items. Look in the nodes' logs for event 53."
        );
}
