namespace SagaOrchestrator.Sensitive.Keys;

/// <summary>Where a participant gets the wrapped keys of subjects from.</summary>
public interface IWrappedKeys
{
    /// <summary>A key as it is kept.</summary>
    /// <param name="id">Its name, which each encrypted value has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when it was deleted: the subject is forgotten.</returns>
    Task<WrappedDataKey?> Find(string id, CancellationToken cancellationToken);
}
