namespace SagaOrchestrator.Engine.Search;

/// <summary>Sagas that failed, or are failing, for one cause.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="Step">At which step.</param>
/// <param name="Code">With which code.</param>
/// <param name="Count">How many.</param>
/// <param name="UnderWay">How many of them have not ended yet: they are being undone, or are parked.</param>
/// <param name="First">When the first of them changed last. UTC, on the database's clock.</param>
/// <param name="Last">When the last of them changed last.</param>
/// <param name="Example">The business key of one of them.</param>
public sealed record FailureGroup(
    string Type,
    string Step,
    string Code,
    int Count,
    int UnderWay,
    DateTimeOffset First,
    DateTimeOffset Last,
    string Example
);
