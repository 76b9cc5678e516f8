using System.Text.Json;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Host.Machine;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Host.Postgres;

/// <summary>A saga to be written, with its documents as text.</summary>
internal sealed class SagaGroupRow(SagaInstance saga) : IGroupRow
{
    public SagaInstance Saga => saga;

    public (Guid Id, string? Part) Key => (saga.CorrelationId, null);

    public SagaTimer? Timer { get; } = saga.Progress.NextTimer;

    public string Progress { get; } = NulCharacters.Replaced(JsonSerializer.Serialize(saga.Progress, SagaJson.Compact));

    public string Results { get; } = Text(saga.Results);

    public string Compensations { get; } = Text(saga.Compensations.Select(StoredCompensation.Of));

    public string Entries { get; } = Text(saga.NewHistory);

    public Exception Conflict()
    {
        saga.WasStale?.Invoke();
        return new ConcurrencyConflictException($"Saga {saga.CorrelationId} is no longer version {saga.Version}.");
    }

    // Postgres keeps a NUL in a document and cannot read it out again. What a participant or a signal brought must not be lost for it.
    private static string Text<T>(T value) => NulCharacters.Replaced(JsonSerializer.Serialize(value, SagaJson.Options));
}
