using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Certify.Contracts;

/// <summary>A step of a plan at the participant that is judged.</summary>
/// <param name="Name">Its name in the contract, for example <c>order-fulfillment.v1.process_payment</c>.</param>
/// <param name="Do">Its command.</param>
/// <param name="Undo">Its compensation; null when the step is never undone.</param>
/// <param name="Result">The name of its result's schema; null when its plan declares none.</param>
internal sealed record StepContract(string Name, CommandExample Do, CommandExample? Undo, string? Result);

/// <summary>A command as the contract shows it.</summary>
/// <param name="Message">The name of its message in the contract.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Envelope">It as an envelope, whatever its format.</param>
/// <param name="Format">In which format the contract shows it.</param>
internal sealed record CommandExample(string Message, JsonObject Headers, JsonObject Envelope, MessageFormat Format);
