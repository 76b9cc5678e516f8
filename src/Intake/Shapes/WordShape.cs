using System.Collections.Immutable;
using System.Text.Json;

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

        // No word has an escape in it, and half of a surrogate pair cannot even be compared.
        foreach (var word in reader.ValueIsEscaped ? [] : Words)
        {
            if (reader.ValueTextEquals(word))
            {
                return;
            }
        }

        findings.Refuse(Expected, "another word");
    }
}
