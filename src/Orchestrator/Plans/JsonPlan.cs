using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Plans;

/// <summary>
/// The base of a plan over JSON, for plans that are made of something else than a class, such as a document. What
/// <see cref="Plan{TStart}"/> reads off records, it is told as shapes.
/// </summary>
public abstract class JsonPlan : Plan
{
    /// <inheritdoc/>
    public sealed override Type? StartType => null;

    /// <summary>Valid data of such a saga, as it would be stored.</summary>
    public abstract JsonElement Example { get; }

    /// <summary>What the business calls this saga.</summary>
    public abstract string? BusinessKey(JsonElement data);

    /// <summary>Says what is wrong with the data, beyond what its shape says.</summary>
    public abstract IEnumerable<FieldError> Validate(JsonElement data);

    /// <summary>Makes a step's command.</summary>
    public abstract JsonCommand Command(string step, Direction direction, JsonSaga saga);

    /// <summary>Whether the condition of a step holds.</summary>
    public abstract bool Applies(string step, JsonSaga saga);

    /// <summary>What a column holds: a text, a number, a <see cref="DateTimeOffset"/> or a flag; null for nothing.</summary>
    public abstract object? ValueOf(BusinessColumn column, JsonElement data);

    /// <inheritdoc/>
    public sealed override void Accept(IPlanVisitor visitor)
    {
        // No message starts it that the machine would have to know.
    }

    /// <inheritdoc/>
    public sealed override StartRequest Read(ReadOnlySpan<byte> json, IntakeLimits? limits = null)
    {
        var refusals = Start.Check(json, limits);
        if (refusals.Count > 0)
        {
            throw new InvalidStartException(refusals);
        }

        var data = CanonicalJson.Of(Start.Shape, JsonElement.Parse(json));
        FieldError[] errors = [.. Validate(data)];
        if (errors.Length > 0)
        {
            throw new InvalidStartException(errors);
        }

        var key = BusinessKeys.Checked(Type, BusinessKey(data));
        var (stored, hash) = SagaJson.Canonical(data);
        return new StartRequest(this, key, stored, hash);
    }

    /// <inheritdoc/>
    public sealed override JsonNode ExampleJson() => JsonObject.Create(Example)!;

    /// <inheritdoc/>
    public sealed override Type? CommandType(string step, Direction direction) => null;

    /// <inheritdoc/>
    public sealed override SagaCommand Command(string step, Direction direction, SagaData saga)
    {
        ArgumentNullException.ThrowIfNull(saga);
        return Command(step, direction, saga.AsJson());
    }

    /// <inheritdoc/>
    public sealed override bool Applies(string step, SagaData saga)
    {
        ArgumentNullException.ThrowIfNull(saga);
        return Applies(step, saga.AsJson());
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyDictionary<string, JsonElement> ColumnsOf(StartData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var values = new Dictionary<string, JsonElement>(Columns.Count, StringComparer.Ordinal);
        foreach (var column in Columns)
        {
            if (ValueOf(column, data.ReadJson()) is { } value)
            {
                values[column.Name] = ColumnValue.Of(value);
            }
        }

        return values;
    }

    /// <inheritdoc/>
    public sealed override SagaCommand? ExampleCommand(string step, Direction direction, IReadOnlyDictionary<string, JsonElement> results)
    {
        try
        {
            return CommandShape(step, direction) is null ? null : Command(step, direction, ExampleSaga(results));
        }
        catch (Exception)
        {
            // What it needs is not in the example.
            return null;
        }
    }

    /// <summary>The saga that the example would be.</summary>
    /// <param name="results">What its steps resulted in.</param>
    protected JsonSaga ExampleSaga(IReadOnlyDictionary<string, JsonElement> results) =>
        new(SagaIds.OfSaga(Type, BusinessKey(Example)!), Example, results);
}
