using System.Globalization;
using System.Text.Json;

namespace SagaOrchestrator.Intake.Shapes;

/// <summary>A list of values of one kind.</summary>
/// <param name="Item">What each may be.</param>
/// <param name="Fewest">At least so many.</param>
/// <param name="Most">At most so many; null for <see cref="IntakeLimits.ListItems"/>.</param>
public sealed record ListShape(Shape Item, int Fewest, int? Most) : Shape
{
    /// <inheritdoc/>
    public override string Expected =>
        (Fewest, Most) switch
        {
            (0, null) => "a list",
            (_, null) => string.Create(CultureInfo.InvariantCulture, $"a list of {Fewest} entries or more"),
            _ => string.Create(CultureInfo.InvariantCulture, $"a list of {Fewest} to {Most} entries"),
        };

    private protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            RefuseKind(ref reader, findings);
            return;
        }

        findings.ThrowIfTooDeep(ref reader);
        var count = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            findings.Enter(count);
            Item.Check(ref reader, findings);
            findings.Leave();
        }

        var most = Most ?? findings.Limits.ListItems;
        if (count < Fewest || count > most)
        {
            findings.Refuse(
                Most is null && count > most
                    ? string.Create(CultureInfo.InvariantCulture, $"a list of at most {most} entries (Limits:ListItems)")
                    : Expected,
                string.Create(CultureInfo.InvariantCulture, $"a list of {count}")
            );
        }
    }
}

/// <summary>An object whose fields are named by the sender.</summary>
/// <param name="Value">What each value may be.</param>
public sealed record MapShape(Shape Value) : Shape
{
    /// <inheritdoc/>
    public override string Expected => "an object";

    private protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            FreeShape.CheckFields(ref reader, findings, Value);
        }
        else
        {
            RefuseKind(ref reader, findings);
        }
    }
}
