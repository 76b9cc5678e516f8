using System.Text;
using System.Text.Json;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Sensitive.Keys;
using SagaOrchestrator.Sensitive.Sealing;

namespace SagaOrchestrator.Participants.Sensitive;

/// <summary>Encrypts the marked values of a step's result, before it is kept and sent.</summary>
/// <param name="key">The subject's key; null when it is gone, and the values are forgotten at once.</param>
/// <param name="command">The command that is answered.</param>
internal sealed class ResultSeal(DataKey? key, CommandContext command)
{
    public string Close(Type type, string result) =>
        Contract.TryOf(type) is { IsSensitive: true } contract
            ? Encoding.UTF8.GetString(
                new SealedDocument(contract.Shape, command.SagaId, SealedPlace.Result(command.Step)).Close(JsonElement.Parse(result), key)
            )
            : result;
}
