using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Chaos.Checks.Replay;

/// <summary>What one input added to a saga's history.</summary>
/// <param name="At">The time on the database's clock that was decided with.</param>
/// <param name="Entries">The entries.</param>
internal sealed record HistoryTurn(DateTimeOffset At, IReadOnlyList<HistoryEntry> Entries);
