using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Intake.Shapes;

/// <summary>
/// A JSON value that nothing is said about, but that it can be stored, read, compared and shown: valid text, no field twice, numbers that
/// readers hold, bounded in depth and size.
/// </summary>
/// <param name="IsObject">Whether it must be an object, which is kept; else anything, which is passed over.</param>
public sealed record FreeShape(bool IsObject) : Shape
{
    private const int LongestName = 200;

    /// <inheritdoc/>
    public override string Expected => IsObject ? "an object" : "a value";

    internal static FreeShape Anything { get; } = new(IsObject: false) { IsNullable = true };

    internal static void CheckFields(ref Utf8JsonReader reader, Findings findings, Shape value)
    {
        findings.ThrowIfTooDeep(ref reader);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var facts = Utf8Text.Measure(ref reader, needsText: true);
            var isSound = facts is { Unstorable: null, Characters: <= LongestName };
            findings.Enter(isSound ? facts.Text! : "?");
            if (!isSound)
            {
                findings.Refuse(
                    string.Create(CultureInfo.InvariantCulture, $"a field's name of at most {LongestName} characters"),
                    facts.Unstorable is { } unstorable ? "a name with " + unstorable : Got.Count(facts.Characters, "characters")
                );
            }
            else if (!names.Add(facts.Text!))
            {
                findings.Refuse("this field once", "this field twice");
            }

            reader.Read();
            value.Check(ref reader, findings);
            findings.Leave();
        }
    }

    private protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (IsObject && reader.TokenType != JsonTokenType.StartObject)
        {
            RefuseKind(ref reader, findings);
            return;
        }

        var start = reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                CheckFields(ref reader, findings, Anything);
                break;
            case JsonTokenType.StartArray:
                CheckItems(ref reader, findings);
                break;
            case JsonTokenType.String when Utf8Text.Measure(ref reader, needsText: false).Unstorable is { } unstorable:
                findings.Refuse("a text", $"a string with {unstorable}");
                break;
            case JsonTokenType.Number when !NumberShape.IsFinite(ref reader):
                findings.Refuse("a number", "a number that no reader can hold");
                break;
        }

        var bytes = reader.BytesConsumed - start;
        if (IsObject && bytes > findings.Limits.DocumentBytes)
        {
            findings.Refuse(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"an object of at most {findings.Limits.DocumentBytes} bytes (Limits:DocumentBytes)"
                ),
                Got.Count(bytes, "bytes")
            );
        }
    }

    private static void CheckItems(ref Utf8JsonReader reader, Findings findings)
    {
        findings.ThrowIfTooDeep(ref reader);
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            findings.Enter(index);
            Anything.Check(ref reader, findings);
            findings.Leave();
        }
    }
}
