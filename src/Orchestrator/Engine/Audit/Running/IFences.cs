using SagaOrchestrator.Engine.Audit.Rules;

namespace SagaOrchestrator.Engine.Audit.Running;

/// <summary>What participants remember, where the auditor may read it. It changes nothing there.</summary>
internal interface IFences
{
    /// <summary>Tries whether the fences can be read. One that cannot is left out until the next try.</summary>
    Task<IReadOnlyList<Finding>> Look(CancellationToken cancellationToken);

    /// <summary>Whether a participant's fence can be read.</summary>
    bool Has(string participant);

    /// <summary>Whether the settings name a participant's fence, and it could not be read.</summary>
    bool IsUnreadable(string participant);

    /// <summary>What a participant remembers of sagas, by saga and step.</summary>
    Task<IReadOnlyDictionary<(Guid Saga, string Step), FenceRow>> Read(
        string participant,
        IReadOnlyList<Guid> sagas,
        CancellationToken cancellationToken
    );

    /// <summary>Which messages the participant keeps for later.</summary>
    Task<IReadOnlySet<Guid>> Waiting(string participant, IReadOnlyList<Guid> messages, CancellationToken cancellationToken);
}
