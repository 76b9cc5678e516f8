using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SagaOrchestrator.Messages;

/// <summary>Which saga, step, direction and attempt a command belongs to. A participant echoes it in its reply.</summary>
/// <param name="SagaId">The saga. Also the correlation id of every message of this saga.</param>
/// <param name="SagaType">The plan's name, for example <c>order-fulfillment</c>.</param>
/// <param name="BusinessKey">What the business calls the saga, for example an order id.</param>
/// <param name="Step">The step's name, for example <c>process_payment</c>.</param>
/// <param name="Direction">Whether the step is executed or undone.</param>
/// <param name="Attempt">1 for the first sending, one more for each retry after an unknown outcome.</param>
/// <param name="CommandId">
/// Derived from saga, step and direction, so it is the same for every attempt and every redelivery (rule S10).
/// </param>
/// <param name="ReplyTo">
/// The exchange to which the reply goes, with an empty routing key, for example <c>to.orchestrator</c>. Two orchestrators may share a
/// participant.
/// </param>
/// <param name="ReplyFormat">
/// How the participant answers, where the orchestrator's settings give it another format than the envelope; else left out. The
/// orchestrator takes each format.
/// </param>
public sealed record CommandContext(
    Guid SagaId,
    [Length(1, 200)] string SagaType,
    [Length(1, 200)] string BusinessKey,
    [Length(1, 200)] string Step,
    CommandDirection Direction,
    [Range(1, int.MaxValue)] int Attempt,
    Guid CommandId,
    [Length(1, 200)] string ReplyTo,
    MessageFormat? ReplyFormat = null
);

/// <summary>Whether a command executes a step or undoes it. On the wire: <c>do</c> or <c>undo</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CommandDirection>))]
public enum CommandDirection
{
    /// <summary>Execute the step.</summary>
    [JsonStringEnumMemberName("do")]
    Do,

    /// <summary>Undo the step: its compensation.</summary>
    [JsonStringEnumMemberName("undo")]
    Undo,
}
