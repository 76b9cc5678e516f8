namespace SagaOrchestrator.Console.Api;

internal sealed record PlanItem(string Type, int Version, bool IsNewest, bool IsHere, long UnderWay, IReadOnlyList<string> Findings);

internal sealed record RetryBudget(
    int Attempts,
    double FirstDelay,
    double MaximumDelay,
    double Factor,
    IReadOnlyList<string>? NotRetryable
);

internal sealed record PlanStep(
    string Name,
    int Stage,
    string Kind,
    string? Participant,
    string? Signal,
    bool IsConditional,
    double Timeout,
    string? AfterUnknown,
    RetryBudget? Retry,
    RetryBudget? CompensationRetry
);

internal sealed record PlanColumn(string Name, string Kind, bool IsIndexed, string? CurrencyColumn);

internal sealed record PlanDetails(
    string Type,
    int Version,
    bool IsNewest,
    bool IsHere,
    long UnderWay,
    IReadOnlyDictionary<string, long> States,
    IReadOnlyList<string> Findings,
    double? Deadline,
    IReadOnlyList<PlanStep>? Steps,
    IReadOnlyList<PlanColumn>? Columns
);

internal sealed record PlanDifference(string? Step, string What, string? Before, string? After, bool IsStructure);

internal sealed record PlanComparison(int From, int To, bool IsSameStructure, IReadOnlyList<PlanDifference> Differences);
