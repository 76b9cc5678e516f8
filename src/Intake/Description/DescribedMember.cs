using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SagaOrchestrator.Intake.Description;

/// <summary>A property that is read from JSON, and what its declaration says about it.</summary>
internal sealed class DescribedMember
{
    private readonly IReadOnlyList<Attribute> attributes;
    private readonly NullabilityInfo? nullability;

    private DescribedMember(
        string name,
        Type type,
        bool isRequired,
        bool isNullable,
        IReadOnlyList<Attribute> attributes,
        NullabilityInfo? nullability
    ) =>
        (Name, Type, IsRequired, IsNullable, this.attributes, this.nullability) = (
            name,
            type,
            isRequired,
            isNullable,
            attributes,
            nullability
        );

    public static DescribedMember None { get; } =
        new(string.Empty, typeof(object), isRequired: true, isNullable: false, [], nullability: null);

    public string Name { get; }

    public Type Type { get; }

    public bool IsRequired { get; }

    public bool IsNullable { get; }

    public bool IsSensitive => attributes.OfType<DataTypeAttribute>().Any(type => type.CustomDataType == "sensitive");

    public bool IsCurrency => attributes.OfType<DataTypeAttribute>().Any(type => type.DataType == DataType.Currency);

    public bool IsKey => Find<KeyAttribute>() is not null;

    public ImmutableArray<string>? Words => Find<AllowedValuesAttribute>() is { } allowed ? [.. allowed.Values.OfType<string>()] : null;

    public (int? Least, int? Most) Length =>
        (Find<LengthAttribute>(), Find<StringLengthAttribute>(), Find<MaxLengthAttribute>(), Find<MinLengthAttribute>()) switch
        {
            ({ } length, _, _, _) => (length.MinimumLength, length.MaximumLength),
            (_, { } text, _, _) => (text.MinimumLength, text.MaximumLength),
            (_, _, var most, var least) => (least?.Length, most?.Length),
        };

    public T? Find<T>()
        where T : Attribute => attributes.OfType<T>().FirstOrDefault();

    /// <summary>The declaration of an entry of a collection.</summary>
    public DescribedMember Argument(int index)
    {
        var argument = nullability?.ElementType ?? nullability?.GenericTypeArguments.ElementAtOrDefault(index);
        return new DescribedMember(
            string.Empty,
            typeof(object),
            isRequired: true,
            argument?.ReadState == NullabilityState.Nullable,
            [],
            argument
        );
    }

    /// <summary>What is read into a type: its constructor's parameters, and properties that can be set.</summary>
    public static IEnumerable<DescribedMember> Of(Type type)
    {
        var context = new NullabilityInfoContext();
        var constructor = ConstructorOf(type);
        foreach (
            var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .OrderBy(property => Depth(property.DeclaringType!))
                .ThenBy(property => property.MetadataToken)
        )
        {
            var parameter = constructor
                ?.GetParameters()
                .FirstOrDefault(one => string.Equals(one.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            if ((parameter is null && property.SetMethod is null) || property.GetCustomAttribute<JsonIgnoreAttribute>() is not null)
            {
                continue;
            }

            yield return Of(property, parameter, context.Create(property));
        }
    }

    private static DescribedMember Of(PropertyInfo property, ParameterInfo? parameter, NullabilityInfo declared)
    {
        IReadOnlyList<Attribute> all = [.. property.GetCustomAttributes(), .. parameter?.GetCustomAttributes() ?? []];
        var mustBe = all.OfType<RequiredAttribute>().Any();
        var isNullable = declared.ReadState == NullabilityState.Nullable && !mustBe;
        var isRequired = !isNullable && (mustBe || parameter is { HasDefaultValue: false } || all.OfType<RequiredMemberAttribute>().Any());
        var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        return new DescribedMember(name, property.PropertyType, isRequired, isNullable, all, declared);
    }

    // The serializer takes the marked one, else the only one.
    private static ConstructorInfo? ConstructorOf(Type type)
    {
        var all = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance);
        return all.FirstOrDefault(one => one.GetCustomAttribute<JsonConstructorAttribute>() is not null)
            ?? (all.Length == 1 ? all[0] : all.FirstOrDefault(one => one.GetParameters().Length == 0));
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;
}
