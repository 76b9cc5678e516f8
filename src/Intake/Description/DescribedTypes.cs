using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.Intake.Description;

/// <summary>Makes a shape from a type. Types that this does not know are refused at start-up, not when a message comes.</summary>
internal static class DescribedTypes
{
    public static Shape ShapeOf(Type type) => Of(type, DescribedMember.None, []);

    internal static Shape Of(Type type, DescribedMember member, Dictionary<Type, ObjectShape> known)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var shape = Scalar(bare, member) ?? Collection(bare, member, known) ?? Object(bare, known);
        return member.IsNullable ? shape with { IsNullable = true } : shape;
    }

    private static Shape? Scalar(Type type, DescribedMember member) =>
        type switch
        {
            _ when type == typeof(string) && member.Words is { } words => new WordShape(words),
            _ when type == typeof(string) => Text(member),
            _ when type == typeof(decimal) => Decimal(member),
            _ when type == typeof(int) || type == typeof(long) || type == typeof(short) => Integer(type, member),
            _ when type == typeof(double) || type == typeof(float) => new NumberShape(),
            _ when type == typeof(bool) => new BooleanShape(),
            _ when type == typeof(Guid) => new IdShape(),
            _ when type == typeof(DateOnly) => new DateShape(),
            _ when type == typeof(DateTimeOffset) => new InstantShape(),
            _ when type == typeof(TimeSpan) => new DurationShape(),
            _ when type == typeof(JsonElement) => new FreeShape(IsObject: true),
            { IsEnum: true } => new WordShape(WordsOf(type)),
            _ => null,
        };

    private static TextShape Text(DescribedMember member)
    {
        var (least, most) = member.Length;
        return new TextShape(least ?? (member.IsKey ? 1 : 0), most, member.IsKey);
    }

    private static DecimalShape Decimal(DescribedMember member)
    {
        var range = member.Find<RangeAttribute>();
        return new DecimalShape(
            range is null ? decimal.MinValue : Convert.ToDecimal(range.Minimum, CultureInfo.InvariantCulture),
            range is null ? decimal.MaxValue : Convert.ToDecimal(range.Maximum, CultureInfo.InvariantCulture),
            member.IsCurrency ? 4 : null
        );
    }

    private static IntegerShape Integer(Type type, DescribedMember member)
    {
        var (least, most) =
            type == typeof(int) ? (int.MinValue, int.MaxValue)
            : type == typeof(short) ? (short.MinValue, short.MaxValue)
            : (long.MinValue, long.MaxValue);
        return member.Find<RangeAttribute>() is { } range
            ? new IntegerShape(
                Convert.ToInt64(range.Minimum, CultureInfo.InvariantCulture),
                Convert.ToInt64(range.Maximum, CultureInfo.InvariantCulture)
            )
            : new IntegerShape(least, most);
    }

    private static ImmutableArray<string> WordsOf(Type type) =>
        [
            .. type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field =>
                    field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
                    ?? JsonNamingPolicy.CamelCase.ConvertName(field.Name)
                ),
        ];

    private static Shape? Collection(Type type, DescribedMember member, Dictionary<Type, ObjectShape> known)
    {
        if (
            type.IsGenericType
            && type.GetGenericArguments() is [var key, var value]
            && key == typeof(string)
            && typeof(System.Collections.IEnumerable).IsAssignableFrom(type)
        )
        {
            return new MapShape(Of(value, member.Argument(1), known));
        }

        var item = type.IsArray
            ? type.GetElementType()
            : type.GetInterfaces()
                .Append(type)
                .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                ?.GetGenericArguments()[0];
        if (item is null)
        {
            return null;
        }

        var (least, most) = member.Length;
        return new ListShape(Of(item, member.Argument(0), known), least ?? 0, most);
    }

    private static string NameOf(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    private static ObjectShape Object(Type type, Dictionary<Type, ObjectShape> known)
    {
        if (known.TryGetValue(type, out var made))
        {
            return made;
        }

        if (
            type.IsPrimitive
            || type.IsInterface
            || type.IsAbstract
            || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true
        )
        {
            throw new InvalidOperationException(
                $"{type} cannot be described for the intake. Use records of texts, decimals, whole numbers, booleans, ids, dates, times, "
                    + $"enums, lists and records."
            );
        }

        var isClosed =
            type.GetCustomAttribute<JsonUnmappedMemberHandlingAttribute>()?.UnmappedMemberHandling == JsonUnmappedMemberHandling.Disallow;
        var shape = new ObjectShape(NameOf(type), isClosed);
        known.Add(type, shape);
        shape.Fields =
        [
            .. DescribedMember
                .Of(type)
                .Select(member => new Field(member.Name, Of(member.Type, member, known), member.IsRequired)
                {
                    IsSensitive = member.IsSensitive,
                }),
        ];
        return shape;
    }
}
