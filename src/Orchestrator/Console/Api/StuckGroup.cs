namespace SagaOrchestrator.Console.Api;

/// <summary>Sagas that are stuck for one cause.</summary>
/// <param name="Step">At which step.</param>
/// <param name="Code">The cause in a stable word.</param>
/// <param name="Reason">The cause in a sentence, of the one that waits longest.</param>
/// <param name="For">What they wait for.</param>
/// <param name="Absence">Why nothing is expected of the participant; null when it is there.</param>
/// <param name="Sagas">The sagas, the one that waits longest first.</param>
internal sealed record StuckGroup(string Step, string Code, string? Reason, string? For, string? Absence, IReadOnlyList<SagaItem> Sagas)
{
    public DateTimeOffset Oldest => Since(Sagas[0]);

    /// <summary>Whether an operator is waited for, so that an action leads them out.</summary>
    public bool IsParked => For == "Operator";

    /// <summary>Which sagas a bulk job would find.</summary>
    public PageFilter Filter =>
        PageFilter.With(
            ("stuck", "true"),
            ("step", Sagas[0].Waits?.Step),
            ("waitsFor", For),
            ("stuckCode", Sagas[0].Stuck?.Code),
            ("type", string.Join(',', Sagas.Select(saga => saga.Type).Distinct(StringComparer.Ordinal)))
        );

    public static IReadOnlyList<StuckGroup> Of(IEnumerable<SagaItem> sagas) =>
        [
            .. sagas
                .GroupBy(saga => (Step: StepOf(saga), Code: CodeOf(saga), For: saga.Waits?.For, saga.Waits?.Absence))
                .Select(same => (same.Key, Sagas: same.OrderBy(Since).ToArray()))
                .Select(same => new StuckGroup(
                    same.Key.Step,
                    same.Key.Code,
                    (same.Sagas[0].Stuck ?? same.Sagas[0].Error)?.Reason,
                    same.Key.For,
                    same.Key.Absence,
                    same.Sagas
                ))
                .OrderByDescending(group => group.IsParked)
                .ThenBy(group => group.Oldest),
        ];

    private static string StepOf(SagaItem saga) => saga.Stuck?.Step ?? saga.Waits?.Step ?? "not begun";

    private static string CodeOf(SagaItem saga) =>
        saga.Stuck?.Code ?? (saga.Waits?.Absence is { } absence ? "participant " + absence.ToLowerInvariant() : "timer late");

    private static DateTimeOffset Since(SagaItem saga) => saga.Waits?.Since ?? saga.UpdatedAt;
}
