using System.Text.Json;

namespace SagaOrchestrator.Intake.Shapes;

/// <summary>What one value may be. A closed set of kinds, so that documents for other languages can be generated from it.</summary>
public abstract record Shape
{
    /// <summary>Whether <c>null</c> may stand there.</summary>
    public bool IsNullable { get; init; }

    /// <summary>What would be right, for a refusal: <c>a text of 1 to 100 characters</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>Checks the value at which the reader stands, and leaves the reader at its end.</summary>
    internal void Check(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.Null)
        {
            CheckValue(ref reader, findings);
        }
        else if (!IsNullable)
        {
            findings.Refuse(Expected, "null");
        }
    }

    private protected abstract void CheckValue(ref Utf8JsonReader reader, Findings findings);

    private protected void RefuseKind(ref Utf8JsonReader reader, Findings findings)
    {
        findings.Refuse(Expected, Got.Of(ref reader));
        findings.Skip(ref reader);
    }
}
