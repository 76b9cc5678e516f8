using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Intake.Description;
using SagaOrchestrator.Intake.Marks;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Intake.Contracts;

/// <summary>
/// What JSON of one type may be: the one description that every door applies before anything else reads it (rule S39). It follows from the
/// record: its properties, their nullability, and the attributes of <c>System.ComponentModel.DataAnnotations</c> on them.
/// </summary>
public sealed class Contract
{
    private const int MostRefusals = 20;

    // No reader behind goes deeper than 64; the limit of depth is well below.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    private static readonly ConcurrentDictionary<Type, Contract> Known = new();

    private Contract(Shape shape) => (Shape, IsSensitive) = (shape, MarkedMembers.Any(shape));

    /// <summary>The description, for documents that are made from it.</summary>
    public Shape Shape { get; }

    /// <summary>Whether it has members whose value is not to be read by everybody.</summary>
    public bool IsSensitive { get; }

    /// <summary>The contract of a type.</summary>
    public static Contract Of(Type type) => Known.GetOrAdd(type, static type => new Contract(DescribedTypes.ShapeOf(type)));

    /// <summary>The contract of a type, or null for one that cannot be described, such as an anonymous one: it has no marks.</summary>
    public static Contract? TryOf(Type type)
    {
        try
        {
            return Of(type);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The contract of what a shape describes.</summary>
    /// <param name="shape">What the JSON may be.</param>
    public static Contract Of(Shape shape) => new(shape);

    /// <summary>The contract of a type.</summary>
    public static Contract Of<T>() => Of(typeof(T));

    /// <summary>Says what is wrong with a document; nothing when it can be taken.</summary>
    /// <param name="json">The bytes as they came.</param>
    /// <param name="limits">The process's limits; the defaults when left out.</param>
    /// <param name="most">How many refusals are worth listing.</param>
    public IReadOnlyList<Refusal> Check(ReadOnlySpan<byte> json, IntakeLimits? limits = null, int most = MostRefusals) =>
        NotUtf8(json) is { } invalid ? [invalid] : CheckText(json, limits, most);

    /// <summary>The same for bytes that are known to be UTF-8.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="limits">The process's limits; the defaults when left out.</param>
    /// <param name="most">How many refusals are worth listing.</param>
    /// <param name="takesSealed">Whether marked members may be encrypted.</param>
    public IReadOnlyList<Refusal> CheckText(
        ReadOnlySpan<byte> json,
        IntakeLimits? limits = null,
        int most = MostRefusals,
        bool takesSealed = false
    ) => CheckText(Shape, json, limits, most, takesSealed);

    /// <summary>The same for one value, such as that of a marked member.</summary>
    /// <param name="shape">What it may be.</param>
    /// <param name="json">The bytes.</param>
    /// <param name="limits">The process's limits; the defaults when left out.</param>
    public static IReadOnlyList<Refusal> CheckValue(Shape shape, ReadOnlySpan<byte> json, IntakeLimits? limits = null) =>
        CheckText(shape, json, limits, most: 1, takesSealed: false);

    private static IReadOnlyList<Refusal> CheckText(Shape shape, ReadOnlySpan<byte> json, IntakeLimits? limits, int most, bool takesSealed)
    {
        var findings = new Findings(limits ?? IntakeLimits.Default, most, takesSealed);
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            shape.Check(ref reader, findings);
            reader.Read();
        }
        catch (JsonException exception)
        {
            return [NotJson(exception, json.Length)];
        }
        catch (TooDeepException)
        {
            // It is among the refusals.
        }

        return findings.Refusals;
    }

    /// <summary>Why bytes are no text at all; null when they are.</summary>
    public static Refusal? NotUtf8(ReadOnlySpan<byte> bytes) =>
        Utf8Text.FirstInvalid(bytes) is >= 0 and var offset
            ? new Refusal(string.Empty, "text in UTF-8", string.Create(CultureInfo.InvariantCulture, $"an invalid byte at offset {offset}"))
            : null;

    /// <summary>Why text is no JSON. The exception's own words may quote the text.</summary>
    /// <param name="exception">Says where.</param>
    /// <param name="length">How long the text is.</param>
    public static Refusal NotJson(JsonException exception, int length) =>
        length == 0
            ? new Refusal(string.Empty, "valid JSON", "nothing")
            : new Refusal(
                string.Empty,
                "valid JSON",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a syntax error in line {(exception.LineNumber ?? 0) + 1}, byte {(exception.BytePositionInLine ?? 0) + 1}"
                )
            );
}
