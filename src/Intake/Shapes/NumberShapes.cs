using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Intake.Shapes;

/// <summary>A decimal, as a JSON number or as a string, in the one form of <see cref="Decimals"/>.</summary>
/// <param name="Least">At least so much.</param>
/// <param name="Most">At most so much.</param>
/// <param name="Places">At most so many decimals; null for any.</param>
public sealed record DecimalShape(decimal Least, decimal Most, int? Places) : Shape
{
    /// <inheritdoc/>
    public override string Expected =>
        "a decimal"
        + Range
        + (Places is { } places ? string.Create(CultureInfo.InvariantCulture, $" with at most {places} decimals") : string.Empty)
        + ", "
        + Decimals.Form;

    private string Range =>
        (Least, Most) switch
        {
            (decimal.MinValue, decimal.MaxValue) => string.Empty,
            (_, decimal.MaxValue) => string.Create(CultureInfo.InvariantCulture, $" of {Least} or more"),
            (decimal.MinValue, _) => string.Create(CultureInfo.InvariantCulture, $" of at most {Most}"),
            _ => string.Create(CultureInfo.InvariantCulture, $" from {Least} to {Most}"),
        };

    private protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            RefuseKind(ref reader, findings);
        }
        else if (reader.ValueIsEscaped || !Decimals.TryRead(reader.ValueSpan, out var value))
        {
            findings.Refuse(
                Expected,
                reader.TokenType == JsonTokenType.String ? Got.Of(ref reader) + " in another form" : "a number in another form"
            );
        }
        else if (value < Least || value > Most)
        {
            findings.Refuse(Expected, "a decimal out of this range");
        }
        else if (Places is { } places && Decimals.Of(value) > places)
        {
            findings.Refuse(Expected, Got.Count(Decimals.Of(value), "decimals"));
        }
    }
}

/// <summary>A whole number, as a JSON number without point and exponent.</summary>
/// <param name="Least">At least so much.</param>
/// <param name="Most">At most so much.</param>
public sealed record IntegerShape(long Least, long Most) : Shape
{
    /// <inheritdoc/>
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a whole number from {Least} to {Most}");

    private protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            RefuseKind(ref reader, findings);
        }
        else if (reader.ValueSpan.IndexOfAny("eE."u8) >= 0)
        {
            findings.Refuse(Expected, "a number with a point or an exponent");
        }
        else if (!reader.TryGetInt64(out var value) || value < Least || value > Most)
        {
            findings.Refuse(Expected, "a whole number out of this range");
        }
    }
}

/// <summary>A number that need not be exact.</summary>
public sealed record NumberShape : Shape
{
    /// <inheritdoc/>
    public override string Expected => "a number";

    private protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            RefuseKind(ref reader, findings);
        }
        else if (!IsFinite(ref reader))
        {
            findings.Refuse(Expected, "a number that no reader can hold");
        }
    }

    /// <summary>Whether the number at which a reader stands can be held.</summary>
    internal static bool IsFinite(ref Utf8JsonReader reader) =>
        reader.ValueSpan.Length <= 64 && reader.TryGetDouble(out var value) && double.IsFinite(value);
}

/// <summary>True or false.</summary>
public sealed record BooleanShape : Shape
{
    /// <inheritdoc/>
    public override string Expected => "true or false";

    private protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            RefuseKind(ref reader, findings);
        }
    }
}
