using System.Text;
using System.Text.Json;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Sensitive.Keys;
using SagaOrchestrator.Sensitive.Sealing;

namespace SagaOrchestrator.Participants.Sensitive;

/// <summary>Encrypts the marked values of a step's result, before it is kept and sent.</summary>
/// <param name="keyId">The id of the subject's key.</param>
/// <param name="key">The subject's key; null when it is gone, and the values are forgotten at once.</param>
/// <param name="command">The command that is answered.</param>
internal sealed class ResultSeal(string keyId, DataKey? key, CommandContext command)
{
    /// <summary>What is remembered of it while an answer is still to come.</summary>
    public string Remembered => JsonSerializer.Serialize(new RememberedSeal(keyId), JsonSerializerOptions.Web);

    /// <summary>The id of the key that is remembered.</summary>
    public static string KeyOf(string remembered) =>
        JsonSerializer.Deserialize<RememberedSeal>(remembered, JsonSerializerOptions.Web)!.SubjectKey;

    public string Close(Type type, string result) =>
        Contract.TryOf(type) is { IsSensitive: true } contract
            ? Encoding.UTF8.GetString(
                new SealedDocument(contract.Shape, command.SagaId, SealedPlace.Result(command.Step)).Close(JsonElement.Parse(result), key)
            )
            : result;

    private sealed record RememberedSeal(string SubjectKey);
}
