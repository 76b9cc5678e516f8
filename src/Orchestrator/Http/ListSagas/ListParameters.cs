using Microsoft.AspNetCore.Mvc;

namespace SagaOrchestrator.Http.ListSagas;

/// <summary>What a list of sagas can be asked for. Several values of one filter are separated by commas.</summary>
/// <param name="Type">Plans' names.</param>
/// <param name="Version">The plan version.</param>
/// <param name="State">Started, Pending, Compensating, Completed, Failed, Parked.</param>
/// <param name="Step">Waiting at these steps.</param>
/// <param name="WaitsFor">Reply, Retry, Enquiry, Signal, Operator.</param>
/// <param name="WaitsLongerThan">Waiting at its step for longer than this: 30s, 5m, 2h, 1d.</param>
/// <param name="ErrorStep">Failed, or failing, at these steps.</param>
/// <param name="ErrorCode">Failed, or failing, with these codes.</param>
/// <param name="StuckCode">Parked with these codes.</param>
/// <param name="Verdict">Ended so: Completed, Undone, UndoneExcept.</param>
/// <param name="Key">With this business key; answered from the sagas themselves, without delay.</param>
/// <param name="KeyPrefix">With a business key that begins so.</param>
/// <param name="StartedFrom">Accepted at this time or later.</param>
/// <param name="StartedBefore">Accepted before this time.</param>
/// <param name="UpdatedFrom">Changed last at this time or later.</param>
/// <param name="UpdatedBefore">Changed last before this time.</param>
/// <param name="EndedFrom">Ended at this time or later.</param>
/// <param name="EndedBefore">Ended before this time.</param>
/// <param name="Undone">true or false: whether any step was undone.</param>
/// <param name="Stuck">true or false: whether it needs somebody.</param>
/// <param name="DeadLetters">true or false: whether it has dead letters that wait.</param>
/// <param name="Sort">started, updated, ended or waiting; with a minus the newest, or the shortest wait, comes first. By itself
/// -started.</param>
internal sealed record ListParameters(
    [property: FromQuery(Name = "type")] string? Type,
    [property: FromQuery(Name = "version")] string? Version,
    [property: FromQuery(Name = "state")] string? State,
    [property: FromQuery(Name = "step")] string? Step,
    [property: FromQuery(Name = "waitsFor")] string? WaitsFor,
    [property: FromQuery(Name = "waitsLongerThan")] string? WaitsLongerThan,
    [property: FromQuery(Name = "errorStep")] string? ErrorStep,
    [property: FromQuery(Name = "errorCode")] string? ErrorCode,
    [property: FromQuery(Name = "stuckCode")] string? StuckCode,
    [property: FromQuery(Name = "verdict")] string? Verdict,
    [property: FromQuery(Name = "key")] string? Key,
    [property: FromQuery(Name = "keyPrefix")] string? KeyPrefix,
    [property: FromQuery(Name = "startedFrom")] string? StartedFrom,
    [property: FromQuery(Name = "startedBefore")] string? StartedBefore,
    [property: FromQuery(Name = "updatedFrom")] string? UpdatedFrom,
    [property: FromQuery(Name = "updatedBefore")] string? UpdatedBefore,
    [property: FromQuery(Name = "endedFrom")] string? EndedFrom,
    [property: FromQuery(Name = "endedBefore")] string? EndedBefore,
    [property: FromQuery(Name = "undone")] string? Undone,
    [property: FromQuery(Name = "stuck")] string? Stuck,
    [property: FromQuery(Name = "deadLetters")] string? DeadLetters,
    [property: FromQuery(Name = "sort")] string? Sort
);
