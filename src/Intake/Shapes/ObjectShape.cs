using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace SagaOrchestrator.Intake.Shapes;

/// <summary>An object with fields that are known by name.</summary>
/// <param name="Name">The type that it is read into, with its namespace, for documents.</param>
/// <param name="IsClosed">Whether unknown fields are refused; else they are passed over, so that a sender may be newer.</param>
public sealed record ObjectShape(string Name, bool IsClosed) : Shape
{
    // Shared with the copies of this shape, which may be made before the fields are known.
    private readonly FieldList list = new();

    /// <inheritdoc/>
    public override string Expected => "an object";

    /// <summary>An object that is read into no type.</summary>
    /// <param name="name">Its name in documents.</param>
    /// <param name="isClosed">Whether unknown fields are refused.</param>
    /// <param name="fields">At most 64.</param>
    public static ObjectShape Of(string name, bool isClosed, IEnumerable<Field> fields) => new(name, isClosed) { Fields = [.. fields] };

    /// <summary>
    /// The fields, in the order of their declaration. Set once, after the shape was made, because a field may lead back to it.
    /// </summary>
    public ImmutableArray<Field> Fields
    {
        get => list.Fields;
        internal set => list.Fields = value.Length <= 64 ? value : throw new InvalidOperationException($"{Name} has more than 64 fields.");
    }

    /// <inheritdoc/>
    public bool Equals(ObjectShape? other) => ReferenceEquals(list, other?.list);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    private protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            RefuseKind(ref reader, findings);
            return;
        }

        findings.ThrowIfTooDeep(ref reader);
        var fields = Fields;
        ulong seen = 0;
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Senders mostly keep the order of the declaration.
            var index = IndexOf(ref reader, fields, next);
            if (index < 0)
            {
                CheckUnknown(ref reader, findings);
                continue;
            }

            next = index + 1;
            findings.Enter(fields[index].Name);
            if ((seen & (1UL << index)) != 0)
            {
                findings.Refuse("this field once", "this field twice");
            }

            seen |= 1UL << index;
            reader.Read();
            if (!fields[index].IsSensitive || !IsSealed(ref reader, findings))
            {
                fields[index].Shape.Check(ref reader, findings);
            }

            findings.Leave();
        }

        RefuseMissing(seen, findings);
    }

    // Whoever has the key checks what is within.
    private static bool IsSealed(ref Utf8JsonReader reader, Findings findings)
    {
        var isSealed = Values.SealedText.Is(ref reader);
        if (isSealed && !findings.TakesSealed)
        {
            findings.Refuse("a plain value", "an encrypted one");
        }

        return isSealed;
    }

    private static int IndexOf(ref Utf8JsonReader reader, ImmutableArray<Field> fields, int next)
    {
        // Half of a surrogate pair cannot even be compared.
        if (reader.ValueIsEscaped && Values.Utf8Text.Measure(ref reader, needsText: false).Unstorable is not null)
        {
            return -1;
        }

        for (var step = 0; step < fields.Length; step++)
        {
            var index = (next + step) % fields.Length;
            if (reader.ValueTextEquals(fields[index].Utf8Name))
            {
                return index;
            }
        }

        return -1;
    }

    // Readers that ignore case would take a misspelt field for the right one, unchecked.
    private void CheckUnknown(ref Utf8JsonReader reader, Findings findings)
    {
        var facts = Values.Utf8Text.Measure(ref reader, needsText: true);
        var name = facts is { Unstorable: null, Characters: <= 100 } ? facts.Text! : "?";
        findings.Enter(name);
        if (facts.Unstorable is { } unstorable)
        {
            findings.Refuse("a field's name in valid text", "a name with " + unstorable);
        }
        else if (Find(name, StringComparison.OrdinalIgnoreCase) is { } known)
        {
            findings.Refuse($"the field '{known.Name}', spelled so", "another spelling of it");
        }
        else if (IsClosed)
        {
            findings.Refuse("one of: " + string.Join(", ", Fields.Select(field => field.Name)), "an unknown field");
        }

        reader.Read();
        FreeShape.Anything.Check(ref reader, findings);
        findings.Leave();
    }

    private Field? Find(string name, StringComparison comparison) =>
        Fields.FirstOrDefault(field => string.Equals(field.Name, name, comparison));

    private void RefuseMissing(ulong seen, Findings findings)
    {
        var fields = Fields;
        for (var index = 0; index < fields.Length; index++)
        {
            if (fields[index].IsRequired && (seen & (1UL << index)) == 0)
            {
                findings.Enter(fields[index].Name);
                findings.Refuse(fields[index].Shape.Expected, Got.Nothing);
                findings.Leave();
            }
        }
    }
}

internal sealed class FieldList
{
    public ImmutableArray<Field> Fields { get; set; } = [];
}

/// <summary>A field of an object.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Shape">What its value may be.</param>
/// <param name="IsRequired">Whether it must be there.</param>
public sealed record Field(string Name, Shape Shape, bool IsRequired)
{
    /// <summary>Whether its value is not to be read by everybody, and may stand there encrypted.</summary>
    public bool IsSensitive { get; init; }

    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);
}
