using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Messaging.Settings;

/// <summary>The one written form of a kind of setting.</summary>
/// <param name="Words">What it is, for people.</param>
/// <param name="Example">A right value.</param>
/// <param name="Read">Reads one; null when it is none.</param>
internal sealed record WrittenForm(string Words, string Example, Func<string, object?> Read)
{
    private static readonly WrittenForm Text = new("a text", "text", text => text);

    private static readonly WrittenForm Whole = new(
        "a whole number",
        "10",
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null
    );

    private static readonly WrittenForm Exact = new(
        "a decimal " + Decimals.Form,
        "12.50",
        text => Decimals.TryRead(text.AsSpan(), out var value) ? value : null
    );

    private static readonly WrittenForm Truth = new(
        "true or false",
        "true",
        text => bool.TryParse(text, out var value) && text.Trim() == text ? value : null
    );

    private static readonly WrittenForm Duration = new(
        Durations.Form,
        "30s",
        text => Durations.TryRead(text, out var value) ? value : null
    );

    /// <summary>The form of a type.</summary>
    public static WrittenForm Of(Type type) =>
        type switch
        {
            _ when type == typeof(string) => Text,
            _ when type == typeof(int) => Whole,
            _ when type == typeof(decimal) => Exact,
            _ when type == typeof(bool) => Truth,
            _ when type == typeof(TimeSpan) => Duration,
            _ => throw new InvalidOperationException(
                $"A setting of type {type} has no written form. Use texts, whole numbers, decimals, true or false, or durations."
            ),
        };

    public bool TryRead(string text, [NotNullWhen(true)] out object? value) => (value = Read(text)) is not null;
}
