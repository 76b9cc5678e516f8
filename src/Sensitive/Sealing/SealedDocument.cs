using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Marks;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Intake.Values;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Sensitive.Sealing;

/// <summary>Encrypts and decrypts the marked members of one document of one saga.</summary>
/// <param name="Shape">What the document is.</param>
/// <param name="SagaId">Its saga.</param>
/// <param name="Name">Which of the saga's documents it is, as <see cref="SealedPlace"/> names it.</param>
public readonly record struct SealedDocument(Shape Shape, Guid SagaId, string Name)
{
    /// <summary>The document with its marked members encrypted. One that is encrypted already stays as it is.</summary>
    /// <param name="document">The document.</param>
    /// <param name="key">The subject's key; null when it is gone, and what would be encrypted is forgotten at once.</param>
    public byte[] Close(JsonElement document, DataKey? key)
    {
        var self = this;
        return MarkedMembers.Replace(Shape, document, member => SealedText.Is(member.Value) ? null : Quoted(self.Close(member, key)));
    }

    /// <summary>The names of the keys that the document's values are encrypted with.</summary>
    /// <param name="document">The document.</param>
    public IReadOnlyCollection<string> Keys(JsonElement document) =>
        [
            .. MarkedMembers
                .Of(Shape, document)
                .Where(member => SealedText.Is(member.Value))
                .Select(member => SealedValue.KeyOf(member.Value.GetString()!))
                .OfType<string>()
                .Distinct(),
        ];

    /// <summary>The document with its marked members readable. One whose key is gone says <see cref="SealedText.Forgotten"/>.</summary>
    /// <param name="document">The document.</param>
    /// <param name="key">Gives a key by its name; null when it is gone.</param>
    /// <exception cref="CryptographicException">A value is for another place, or it was changed.</exception>
    public byte[] Open(JsonElement document, Func<string, DataKey?> key)
    {
        var self = this;
        return MarkedMembers.Replace(
            Shape,
            document,
            member => SealedText.Is(member.Value) ? self.Open(member, key) ?? Quoted(SealedText.Forgotten) : null
        );
    }

    /// <summary>The first marked member that is not encrypted; null when all are that have a value.</summary>
    /// <param name="document">The document.</param>
    public string? FirstPlain(JsonElement document) =>
        MarkedMembers.Of(Shape, document).Where(member => !SealedText.Is(member.Value)).Select(member => member.Path).FirstOrDefault();

    /// <summary>What is wrong with a value that was encrypted, now that it can be read; null when nothing is.</summary>
    /// <param name="opened">The document that <see cref="Open(JsonElement, Func{string, DataKey?})"/> gave.</param>
    /// <param name="limits">The process's limits.</param>
    public Refusal? Objection(JsonElement opened, IntakeLimits? limits)
    {
        foreach (var member in MarkedMembers.Of(Shape, opened).Where(member => !SealedText.Is(member.Value)))
        {
            var json = Encoding.UTF8.GetBytes(member.Value.GetRawText());
            if (Contract.CheckValue(member.Shape, json, limits) is [var refusal, ..])
            {
                return refusal with { Path = refusal.Path.Length == 0 ? member.Path : $"{member.Path}.{refusal.Path}" };
            }
        }

        return null;
    }

    private string Close(MarkedMember member, DataKey? key) =>
        key is null
            ? SealedText.Forgotten
            : SealedValue.Close(Encoding.UTF8.GetBytes(member.Value.GetRawText()), key, new SealedPlace(SagaId, Name, member.Path));

    private string? Open(MarkedMember member, Func<string, DataKey?> find)
    {
        var text = member.Value.GetString()!;
        if (text == SealedText.Forgotten)
        {
            return null;
        }

        var id = SealedValue.KeyOf(text) ?? throw new CryptographicException("The encrypted value is not of its form.");
        return find(id) is { } key
            ? Encoding.UTF8.GetString(SealedValue.Open(text, key, new SealedPlace(SagaId, Name, member.Path)))
            : null;
    }

    // None of its characters needs an escape.
    private static string Quoted(string text) => $"\"{text}\"";
}
