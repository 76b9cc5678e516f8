using System.Text.Json.Nodes;
using SagaOrchestrator.Documents.Expressions;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Documents.Mapping;

/// <summary>How JSON is made for a saga.</summary>
internal abstract record Template
{
    /// <summary>Whether the value may be left out when there is none.</summary>
    public virtual bool IsOptional => false;

    /// <summary>What it makes; null for nothing.</summary>
    /// <exception cref="MappingException">It cannot be made for this saga.</exception>
    public JsonNode? Make(JsonSaga saga, Scope scope)
    {
        try
        {
            return Make(saga, scope, new Room());
        }
        catch (ExpressionLimitException exception)
        {
            throw new MappingException(exception.Message);
        }
    }

    /// <summary>What a part of a template makes.</summary>
    /// <param name="saga">The saga.</param>
    /// <param name="scope">What it looks at.</param>
    /// <param name="room">What the whole template may make.</param>
    public abstract JsonNode? Make(JsonSaga saga, Scope scope, Room room);

    /// <summary>What it makes, as far as that is known.</summary>
    /// <param name="scope">What it looks at.</param>
    /// <param name="name">What an object is called.</param>
    public abstract Shape ShapeIn(Scope scope, string name);
}

/// <summary>A value cannot be made for a saga.</summary>
/// <param name="message">Which, and why.</param>
public sealed class MappingException(string message) : Exception(message);

/// <summary>A value that is written out.</summary>
internal sealed record Constant(JsonNode? Value) : Template
{
    public override JsonNode? Make(JsonSaga saga, Scope scope, Room room) => Value?.DeepClone();

    public override Shape ShapeIn(Scope scope, string name) =>
        Value?.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => new TextShape(0, null, IsKey: false),
            System.Text.Json.JsonValueKind.Number when Value.AsValue().TryGetValue(out long _) => new IntegerShape(
                long.MinValue,
                long.MaxValue
            ),
            System.Text.Json.JsonValueKind.Number => new NumberShape(),
            System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => new BooleanShape(),
            _ => new FreeShape(IsObject: false) { IsNullable = true },
        };
}

/// <summary>A value that stands somewhere in the saga.</summary>
internal sealed record From(string Text, Pointer Pointer, bool IsOptional) : Template
{
    public override bool IsOptional { get; } = IsOptional;

    public override JsonNode? Make(JsonSaga saga, Scope scope, Room room)
    {
        if (scope.At(saga, Pointer) is not { } found)
        {
            return IsOptional ? null : throw new MappingException($"There is nothing at {Text}.");
        }

        return found.Shape is DecimalShape ? Values.ToJson(Values.Of(found.Value, found.Shape), room) : room.Copy(found.Value);
    }

    public override Shape ShapeIn(Scope scope, string name) =>
        Pointer.ShapeIn(scope) is { } shape ? shape with { IsNullable = IsOptional } : new FreeShape(IsObject: false) { IsNullable = true };
}

/// <summary>A value that is computed.</summary>
internal sealed record Computed(Expression Expression) : Template
{
    public override JsonNode? Make(JsonSaga saga, Scope scope, Room room)
    {
        try
        {
            return Expression.ToJson(scope.Of(saga), room);
        }
        catch (ExpressionException exception)
        {
            throw new MappingException($"The expression '{Expression.Text}' has no value for this saga. {exception.Message}");
        }
    }

    public override Shape ShapeIn(Scope scope, string name) => new FreeShape(IsObject: false) { IsNullable = true };
}

/// <summary>An object of such values.</summary>
internal sealed record ObjectTemplate(IReadOnlyList<(string Name, Template Value)> Members) : Template
{
    public override JsonNode Make(JsonSaga saga, Scope scope, Room room)
    {
        var json = new JsonObject();
        foreach (var (name, value) in Members)
        {
            if (value.Make(saga, scope, room) is { } made)
            {
                json[name] = made;
            }
        }

        return json;
    }

    public override Shape ShapeIn(Scope scope, string name) =>
        ObjectShape.Of(
            name,
            isClosed: false,
            Members
                .Take(64)
                .Select(member =>
                {
                    var shape = member.Value.ShapeIn(scope, $"{name}.{member.Name}");
                    return new Field(member.Name, shape, IsRequired: !shape.IsNullable && !member.Value.IsOptional);
                })
        );
}

/// <summary>A list of such values.</summary>
internal sealed record ListTemplate(IReadOnlyList<Template> Items) : Template
{
    public override JsonNode Make(JsonSaga saga, Scope scope, Room room) =>
        new JsonArray([.. Items.Select(item => item.Make(saga, scope, room))]);

    public override Shape ShapeIn(Scope scope, string name) => new ListShape(new FreeShape(IsObject: false) { IsNullable = true }, 0, null);
}
