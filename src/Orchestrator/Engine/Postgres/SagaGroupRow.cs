using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Postgres.Scopes;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>A saga to be written, with its documents as text.</summary>
internal sealed class SagaGroupRow(SagaInstance saga) : IGroupRow
{
    public SagaInstance Saga => saga;

    public (Guid Id, string? Part) Key => (saga.CorrelationId, null);

    public bool IsForGroupsOnly => true;

    public SagaTimer? Timer { get; } = saga.Progress.NextTimer;

    public string Progress { get; } = RowJson.Progress(saga.Progress);

    public string Results { get; } = RowJson.Results(saga.Results);

    public string Entries { get; } = RowJson.History(saga.NewHistory);

    public int EntryCount { get; } = saga.NewHistory.Count;

    public Exception Conflict()
    {
        saga.WasStale?.Invoke();
        return new ConcurrencyConflictException($"Saga {saga.CorrelationId} is no longer version {saga.Version}.");
    }
}
