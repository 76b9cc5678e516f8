using System.Collections.Immutable;
using System.Text.Json;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Intake.Shapes;

/// <summary>One of a few words, spelled exactly so. A number in its place is refused.</summary>
/// <param name="Words">The words.</param>
public sealed record WordShape(ImmutableArray<string> Words) : Shape
{
    /// <inheritdoc/>
    public override string Expected => "one of: " + string.Join(", ", Words);

    private protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            RefuseKind(ref reader, findings);
            return;
        }

        if (!IsOneOf(ref reader))
        {
            findings.Refuse(Expected, "another word");
        }
    }

    private bool IsOneOf(ref Utf8JsonReader reader)
    {
        // Half of a surrogate pair cannot even be compared.
        if (reader.ValueIsEscaped && Utf8Text.Measure(ref reader, needsText: false).Unstorable is not null)
        {
            return false;
        }

        foreach (var word in Words)
        {
            if (reader.ValueTextEquals(word))
            {
                return true;
            }
        }

        return false;
    }
}
