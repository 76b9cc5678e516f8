using Microsoft.AspNetCore.Mvc;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.ListSagas;

/// <summary>What a list of sagas can be asked for. Several values of one filter are separated by commas.</summary>
/// <param name="Type">Plans' names.</param>
/// <param name="Version">The plan version.</param>
/// <param name="State">Started, Pending, Compensating, Completed, Failed, Parked.</param>
/// <param name="Step">Waiting at these steps.</param>
/// <param name="Participant">Waiting at a step of these participants.</param>
/// <param name="WaitsFor">Reply, Retry, Enquiry, Signal, Operator, Resume.</param>
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
    [property: FromQuery(Name = "type"), Several] string? Type,
    [property: FromQuery(Name = "version"), WholeNumber(1, int.MaxValue)] string? Version,
    [property: FromQuery(Name = "state"), Several(typeof(SagaState))] string? State,
    [property: FromQuery(Name = "step"), Several] string? Step,
    [property: FromQuery(Name = "participant"), Several] string? Participant,
    [property: FromQuery(Name = "waitsFor"), Several(typeof(ListedWait))] string? WaitsFor,
    [property: FromQuery(Name = "waitsLongerThan"), Duration] string? WaitsLongerThan,
    [property: FromQuery(Name = "errorStep"), Several] string? ErrorStep,
    [property: FromQuery(Name = "errorCode"), Several] string? ErrorCode,
    [property: FromQuery(Name = "stuckCode"), Several] string? StuckCode,
    [property: FromQuery(Name = "verdict"), Several(typeof(VerdictKind))] string? Verdict,
    [property: FromQuery(Name = "key")] string? Key,
    [property: FromQuery(Name = "keyPrefix")] string? KeyPrefix,
    [property: FromQuery(Name = "startedFrom"), Time] string? StartedFrom,
    [property: FromQuery(Name = "startedBefore"), Time] string? StartedBefore,
    [property: FromQuery(Name = "updatedFrom"), Time] string? UpdatedFrom,
    [property: FromQuery(Name = "updatedBefore"), Time] string? UpdatedBefore,
    [property: FromQuery(Name = "endedFrom"), Time] string? EndedFrom,
    [property: FromQuery(Name = "endedBefore"), Time] string? EndedBefore,
    [property: FromQuery(Name = "undone"), Flag] string? Undone,
    [property: FromQuery(Name = "stuck"), Flag] string? Stuck,
    [property: FromQuery(Name = "deadLetters"), Flag] string? DeadLetters,
    [property: FromQuery(Name = "sort"), Word("started", "-started", "updated", "-updated", "ended", "-ended", "waiting", "-waiting")]
        string? Sort
);
