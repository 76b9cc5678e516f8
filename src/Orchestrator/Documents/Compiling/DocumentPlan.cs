using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Documents.Expressions;
using SagaOrchestrator.Documents.Mapping;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Documents.Compiling;

/// <summary>The parts of a plan that a document describes.</summary>
internal sealed record PlanParts
{
    public required string Type { get; init; }

    public required int Version { get; init; }

    public required Contract Data { get; init; }

    public required Template Key { get; init; }

    public required JsonElement Example { get; init; }

    public required IReadOnlyList<DocumentStep> Steps { get; init; }

    public required IReadOnlyList<DocumentColumn> Columns { get; init; }

    public required IReadOnlyList<DataRule> Rules { get; init; }

    /// <summary>What the key, the columns and the rules look at: the data.</summary>
    public required Scope Scope { get; init; }

    public TimeSpan? Deadline { get; init; }
}

/// <summary>The plan of a document.</summary>
internal sealed class DocumentPlan : JsonPlan
{
    private static readonly Dictionary<string, JsonElement> NoResults = [];

    private readonly PlanParts parts;
    private readonly Dictionary<string, DocumentStep> steps;

    public DocumentPlan(PlanParts parts)
    {
        this.parts = parts;
        steps = parts.Steps.DistinctBy(step => step.Name).ToDictionary(step => step.Name, StringComparer.Ordinal);
        Definition = new PlanDefinition(parts.Type, parts.Version, parts.Steps.Select(Checked), parts.Deadline);
        Columns = [.. parts.Columns.Select(column => column.Column)];
    }

    public override PlanDefinition Definition { get; }

    public override Contract Start => parts.Data;

    public override JsonElement Example => parts.Example;

    public override IReadOnlyList<BusinessColumn> Columns { get; }

    public override string? BusinessKey(JsonElement data) =>
        Key(data) switch
        {
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            JsonValue value => value.ToString(),
            _ => null,
        };

    public override IEnumerable<FieldError> Validate(JsonElement data)
    {
        var roots = parts.Scope.Of(DataOnly(data));
        return parts.Rules.Where(rule => !Holds(rule, roots)).Select(rule => new FieldError(rule.Field, rule.Message));
    }

    public override JsonCommand Command(string step, Direction direction, JsonSaga saga) => Template(step, direction)!.Make(saga);

    public override bool Applies(string step, JsonSaga saga) => steps[step].If?.Holds(saga) ?? true;

    public override JsonCommandShape? CommandShape(string step, Direction direction) => Template(step, direction)?.Shape;

    public override Contract? ResultOf(string step) => steps.GetValueOrDefault(step)?.Result;

    public override object? ValueOf(BusinessColumn column, JsonElement data)
    {
        var declared = parts.Columns.First(one => one.Column.Name == column.Name);
        return Made(declared.Value, data) is JsonValue value ? Written(column.Kind, value) : null;
    }

    // A saga of a former version may lack what this version's column looks at.
    private JsonNode? Made(Template value, JsonElement data)
    {
        try
        {
            return value.Make(DataOnly(data), parts.Scope);
        }
        catch (MappingException)
        {
            return null;
        }
    }

    // Whoever starts a saga is told that its data has no key.
    private JsonNode? Key(JsonElement data)
    {
        try
        {
            return parts.Key.Make(DataOnly(data), parts.Scope);
        }
        catch (MappingException exception)
        {
            throw new InvalidStartException([new FieldError(string.Empty, $"The key cannot be made. {exception.Message}")]);
        }
    }

    // A compensation that can be made for the example without any result can be made for a step whose reply was lost.
    private StepDefinition Checked(DocumentStep step)
    {
        try
        {
            step.Undo?.Make(new JsonSaga(Guid.Empty, parts.Example, NoResults));
            return step.Definition;
        }
        catch (MappingException exception)
        {
            return step.Definition with { CompensationNeeds = exception.Message };
        }
    }

    private CommandTemplate? Template(string step, Direction direction) =>
        steps.GetValueOrDefault(step) is { } known ? (direction == Direction.Do ? known.Do : known.Undo) : null;

    // What has no value for this data does not hold.
    private static bool Holds(DataRule rule, Dictionary<string, object?> roots)
    {
        try
        {
            return rule.Must.Holds(roots);
        }
        catch (ExpressionException)
        {
            return false;
        }
    }

    private static object? Written(ColumnKind kind, JsonValue value) =>
        kind switch
        {
            ColumnKind.Number => decimal.Parse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture),
            ColumnKind.Time => DateTimeOffset.Parse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            ColumnKind.Flag => value.GetValue<bool>(),
            _ => value.ToString(),
        };

    private static JsonSaga DataOnly(JsonElement data) => new(Guid.Empty, data, NoResults);
}
