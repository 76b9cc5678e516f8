using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Host.Plans;

/// <summary>
/// The base of a plan. Its constructor reads like a table:
/// <code>
/// Step("process_payment").At(Queues.Payments).Within(TimeSpan.FromMinutes(5)).Retry(3, TimeSpan.FromSeconds(1))
///     .Do((order, saga) => new ProcessPayment(...))
///     .UndoneBy((order, saga) => new RefundPayment(...));
/// </code>
/// Register it with <c>services.AddPlan&lt;MyPlan&gt;()</c>.
/// </summary>
/// <typeparam name="TStart">The message that starts the saga; it is stored as the saga's data.</typeparam>
public abstract class Plan<TStart> : Plan
    where TStart : class
{
    private const int LongestKey = 200;

    private readonly List<StepBuilder<TStart>> steps = [];
    private readonly Lazy<SagaPlan> shape;
    private TimeSpan? deadline;

    /// <summary>Names the plan.</summary>
    /// <param name="type">For example <c>order-fulfillment</c>. Used in URLs, messages and tables.</param>
    /// <param name="version">1 or more; raise it when the steps change while sagas run.</param>
    protected Plan(string type, int version) =>
        shape = new Lazy<SagaPlan>(() => new SagaPlan(type, version, steps.Select(step => step.Build(Example)), deadline));

    internal sealed override SagaPlan Shape => shape.Value;

    internal sealed override Type StartType => typeof(TStart);

    /// <summary>
    /// Valid data of such a saga. With it, it is tried at start-up that every compensation can be made without a reply (rule S2).
    /// </summary>
    public abstract TStart Example { get; }

    /// <summary>What the business calls this saga, 1 to 200 characters. The same key is always the same saga (rule S29).</summary>
    public abstract string BusinessKey(TStart data);

    /// <summary>Says what is wrong with the data, by field. Nothing of it may be assumed to be there.</summary>
    public abstract IEnumerable<FieldError> Validate(TStart data);

    internal sealed override void Accept(IPlanVisitor visitor) => visitor.Visit(this);

    internal sealed override StartRequest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var data = JsonSerializer.Deserialize<TStart>(json, SagaJson.Lenient)
                ?? throw new InvalidStartException([new FieldError(string.Empty, "The body is null. Send a JSON object.")]);
            return NulCharacters.Find(json) is { } nul
                ? throw new InvalidStartException([new FieldError(nul, "The text holds a NUL character (U+0000), which cannot be stored. Remove it.")])
                : Check(data);
        }
        catch (JsonException exception)
        {
            var field = exception.Path is { Length: > 2 } path ? path[2..] : string.Empty;
            throw new InvalidStartException(
            [
                new FieldError(field, field.Length == 0
                    ? $"The body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}). Send one JSON object."
                    : "The value has the wrong type."),
            ]);
        }
    }

    internal StartRequest Check(TStart data)
    {
        FieldError[] errors = [.. Validate(data)];
        if (errors.Length == 0 && BusinessKey(data) is not { Length: > 0 and <= LongestKey })
        {
            errors = [new FieldError(string.Empty, $"The business key of '{Type}' is missing or longer than {LongestKey} characters.")];
        }

        if (errors.Length > 0)
        {
            throw new InvalidStartException(errors);
        }

        var json = JsonSerializer.Serialize(data, SagaJson.Options);
        return new StartRequest(this, BusinessKey(data), json, SagaJson.Hash(data));
    }

    internal sealed override SagaCommand Command(string step, Direction direction, SagaData saga)
    {
        var builder = steps.First(candidate => candidate.Name == step);
        return builder.Command(direction, saga.Read<TStart>(), saga);
    }

    internal sealed override bool Applies(string step, SagaData saga) =>
        steps.First(candidate => candidate.Name == step).Applies(saga.Read<TStart>(), saga);

    /// <summary>Adds a step after those that were added before.</summary>
    /// <param name="name">Unique in the plan, for example <c>process_payment</c>.</param>
    protected StepBuilder<TStart> Step(string name)
    {
        var step = new StepBuilder<TStart>(name, stage: steps.Count + 1);
        steps.Add(step);
        return step;
    }

    /// <summary>Lets steps run side by side. When one fails, the others are given the time to answer before anything is undone (rule S4).</summary>
    /// <param name="branches">Steps that follow one another in this plan: <c>Parallel(Step("a")..., Step("b")...)</c>.</param>
    protected void Parallel(params StepBuilder<TStart>[] branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        foreach (var branch in branches)
        {
            branch.InStageOf(branches[0]);
        }
    }

    /// <summary>How long a saga may take. When that has passed before its pivot, it compensates (rule S16).</summary>
    protected void GivesUpAfter(TimeSpan limit) => deadline = limit;
}

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">The path of the field, for example <c>items[0].quantity</c>; empty for the whole.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record FieldError(string Field, string Message);
