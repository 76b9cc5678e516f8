using System.Globalization;
using System.Text.Json;

namespace SagaOrchestrator.Intake.Shapes;

/// <summary>A value that is written as a string of a certain form.</summary>
public abstract record WrittenShape : Shape
{
    private protected sealed override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            RefuseKind(ref reader, findings);
        }
        else if (!IsWrittenSo(ref reader))
        {
            findings.Refuse(Expected, Got.Of(ref reader) + " in another form");
        }
    }

    private protected abstract bool IsWrittenSo(ref Utf8JsonReader reader);
}

/// <summary>An id: a UUID of 36 characters without braces, not all zeros.</summary>
public sealed record IdShape : WrittenShape
{
    /// <inheritdoc/>
    public override string Expected => "a UUID of 36 characters without braces, not all zeros";

    private protected override bool IsWrittenSo(ref Utf8JsonReader reader) =>
        !reader.ValueIsEscaped && reader.ValueSpan.Length == 36 && reader.TryGetGuid(out var id) && id != Guid.Empty;
}

/// <summary>A calendar day.</summary>
public sealed record DateShape : WrittenShape
{
    /// <inheritdoc/>
    public override string Expected => "a date like 2026-01-31";

    private protected override bool IsWrittenSo(ref Utf8JsonReader reader) =>
        !reader.ValueIsEscaped
        && reader.ValueSpan.Length == 10
        && DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}

/// <summary>A point in time, with its offset.</summary>
public sealed record InstantShape : WrittenShape
{
    /// <inheritdoc/>
    public override string Expected => "a time with its offset like 2026-01-31T12:00:00Z";

    private protected override bool IsWrittenSo(ref Utf8JsonReader reader) =>
        !reader.ValueIsEscaped
        && reader.ValueSpan.Length is >= 20 and <= 35
        && (reader.ValueSpan[^1] == (byte)'Z' || reader.ValueSpan[^6] is (byte)'+' or (byte)'-')
        && reader.TryGetDateTimeOffset(out _);
}

/// <summary>A length of time.</summary>
public sealed record DurationShape : WrittenShape
{
    /// <inheritdoc/>
    public override string Expected => "a duration like 00:00:30 or 14.00:00:00";

    // What the readers behind take, and no other of the forms that settings have.
    private protected override bool IsWrittenSo(ref Utf8JsonReader reader) =>
        !reader.ValueIsEscaped
        && reader.ValueSpan.Length <= 30
        && TimeSpan.TryParseExact(reader.GetString(), "c", CultureInfo.InvariantCulture, out var value)
        && value >= TimeSpan.Zero
        && reader.ValueSpan.IndexOf((byte)':') >= 0;
}
