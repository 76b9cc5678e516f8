namespace SagaOrchestrator.Engine.Audit.Rules;

/// <summary>Something that must not be, and what mends it.</summary>
internal sealed record Finding(string Kind, string Subject, string? Step, string Detail, Repair Repair = Repair.None)
{
    public (string Kind, string Subject, string? Step) Key => (Kind, Subject, Step);
}

/// <summary>What the auditor may do about a finding. All of it are means that the engine has for itself.</summary>
internal enum Repair
{
    /// <summary>Nothing: somebody must look.</summary>
    None,

    /// <summary>The row's columns are written anew from its document, which is what the engine decides from.</summary>
    Row,

    /// <summary>A transition makes the step's timer due now.</summary>
    Timer,

    /// <summary>The saga begins, as it would have with the message that was lost.</summary>
    Begin,

    /// <summary>The saga is noted as changed, so that it is summed up again.</summary>
    Summary,
}
