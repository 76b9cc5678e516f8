using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Intake.Shapes;

/// <summary>A text.</summary>
/// <param name="Shortest">Characters at least, in Unicode code points.</param>
/// <param name="Longest">Characters at most; null for <see cref="IntakeLimits.TextCharacters"/>.</param>
/// <param name="IsKey">Whether people compare it by eye: no blank at either end, no control and no invisible character. Compared byte by
/// byte.</param>
public sealed record TextShape(int Shortest, int? Longest, bool IsKey) : Shape
{
    /// <inheritdoc/>
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"{(IsKey ? "a key" : "a text")}{Length}");

    private string Length =>
        (Shortest, Longest) switch
        {
            (0, null) => string.Empty,
            (_, null) => string.Create(CultureInfo.InvariantCulture, $" of {Shortest} characters or more"),
            (0, { } most) => string.Create(CultureInfo.InvariantCulture, $" of at most {most} characters"),
            var (least, most) when least == most => string.Create(CultureInfo.InvariantCulture, $" of {least} characters"),
            var (least, most) => string.Create(CultureInfo.InvariantCulture, $" of {least} to {most} characters"),
        };

    private protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            RefuseKind(ref reader, findings);
            return;
        }

        var most = Longest ?? findings.Limits.TextCharacters;
        if (Utf8Text.IsPlain(ref reader) && reader.ValueSpan.Length >= Shortest && reader.ValueSpan.Length <= most)
        {
            return;
        }

        var facts = Utf8Text.Measure(ref reader, needsText: IsKey || Shortest > 0);
        if (facts.Unstorable is { } unstorable)
        {
            findings.Refuse(Expected, $"a string with {unstorable}");
        }
        else if (facts.Characters > most)
        {
            findings.Refuse(
                Longest is null
                    ? string.Create(CultureInfo.InvariantCulture, $"a text of at most {most} characters (Limits:TextCharacters)")
                    : Expected,
                Got.Text(facts.Characters)
            );
        }
        else if (Shortest > 0 && facts.Characters > 0 && string.IsNullOrWhiteSpace(facts.Text))
        {
            findings.Refuse(Expected, "a string of blanks");
        }
        else if (facts.Characters < Shortest)
        {
            findings.Refuse(Expected, Got.Text(facts.Characters));
        }
        else if (IsKey && Keys.Objection(facts.Text!) is { } objection)
        {
            findings.Refuse(Expected + " without blanks at its ends and without invisible characters", objection);
        }
    }
}
