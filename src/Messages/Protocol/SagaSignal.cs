using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace SagaOrchestrator.Messages;

/// <summary>
/// Tells a saga something that it waits for: an approval, a webhook. Send it to the queue <c>orchestrator</c>, or post it to
/// <c>/api/v1/sagas/{id}/signals</c>.
/// </summary>
/// <remarks>
/// One that comes before its step has begun is kept for it. A second one with the same <see cref="SignalId"/> changes nothing.
/// One that no step waits for is recorded in the history and changes nothing. One for a saga that does not exist is retried briefly and
/// dead-lettered as an orphan (rule S12).
/// </remarks>
public sealed record SagaSignal
{
    /// <summary>The saga; or give <see cref="SagaType"/> and <see cref="BusinessKey"/>.</summary>
    public Guid? SagaId { get; init; }

    /// <summary>The plan's name, where the saga's id is not known.</summary>
    [Length(1, 200)]
    public string? SagaType { get; init; }

    /// <summary>What the business calls the saga, where its id is not known.</summary>
    [Length(1, 200)]
    public string? BusinessKey { get; init; }

    /// <summary>Chosen by the sender, one for each thing that happened.</summary>
    public required Guid SignalId { get; init; }

    /// <summary>Which signal, as the plan's <c>WaitsFor</c> names it.</summary>
    [Length(1, 200)]
    public required string Name { get; init; }

    /// <summary>Becomes the result of the step that waited. A JSON object or null.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>When the answer is no: a stable word, for example <c>rejected_by_manager</c>. The saga then compensates.</summary>
    [Length(1, ReplyTexts.LongestCode)]
    public string? DeclineCode { get; init; }

    /// <summary>The no in a sentence.</summary>
    [StringLength(ReplyTexts.LongestReason)]
    public string? DeclineReason { get; init; }
}
