namespace SagaOrchestrator.Console.Api;

internal sealed record TimerCount(DateTimeOffset Hour, string Type, long Timers);

internal sealed record TimerItem(
    Guid SagaId,
    string Type,
    int PlanVersion,
    string BusinessKey,
    string? Step,
    DateTimeOffset DueAt,
    string Sentence
);

internal sealed record TimersAnswer(int Late, bool LateIsExact, IReadOnlyList<TimerCount> Hours, IReadOnlyList<TimerItem> Items);
