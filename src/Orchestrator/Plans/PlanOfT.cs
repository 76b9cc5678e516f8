using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Plans;

/// <summary>
/// The base of a plan. Its constructor reads like a table:
/// <code>
/// Step("process_payment").At(OrderQueues.Payments).Within(TimeSpan.FromMinutes(5)).Retry(3, TimeSpan.FromSeconds(1))
///     .Do((order, saga) => new ProcessPayment(...))
///     .UndoneBy((order, saga) => new RefundPayment(...));
/// </code>
/// Register it with <c>services.AddPlan&lt;MyPlan&gt;()</c>.
/// </summary>
/// <typeparam name="TStart">The message that starts the saga; it is stored as the saga's data.</typeparam>
public abstract class Plan<TStart> : Plan
    where TStart : class
{
    private readonly List<StepBuilder<TStart>> steps = [];
    private readonly Lazy<PlanDefinition> definition;
    private readonly PlanColumns<TStart> columns = new();
    private readonly Lazy<PlanMarks?> marks;
    private TimeSpan? deadline;

    /// <summary>Names the plan.</summary>
    /// <param name="type">For example <c>order-fulfillment</c>. Used in URLs, messages and tables.</param>
    /// <param name="version">1 or more; raise it when the steps change while sagas run.</param>
    protected Plan(string type, int version)
    {
        definition = new Lazy<PlanDefinition>(() => new PlanDefinition(type, version, steps.Select(step => step.Build(Example)), deadline));
        marks = new Lazy<PlanMarks?>(() => PlanMarks.Of(this));
    }

    /// <inheritdoc/>
    public sealed override PlanDefinition Definition => definition.Value;

    /// <inheritdoc/>
    public sealed override Type? StartType => typeof(TStart);

    /// <inheritdoc/>
    public sealed override Contract Start => Contract.Of<TStart>();

    /// <inheritdoc/>
    public sealed override PlanMarks? Marks => marks.Value;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<BusinessColumn> Columns => columns.All;

    /// <summary>
    /// Valid data of such a saga. With it, it is tried at start-up that every compensation can be made without a reply (rule S2).
    /// </summary>
    public abstract TStart Example { get; }

    /// <summary>
    /// What the business calls this saga: 1 to 200 visible characters, compared byte by byte. The same key is always the same saga (rule
    /// S29).
    /// </summary>
    public abstract string BusinessKey(TStart data);

    /// <summary>
    /// Says what is wrong with the data, by field, beyond what its type declares: that every value is there, of its kind and within its
    /// range was checked before.
    /// </summary>
    public abstract IEnumerable<FieldError> Validate(TStart data);

    /// <inheritdoc/>
    public sealed override void Accept(IPlanVisitor visitor) => visitor.Visit(this);

    /// <inheritdoc/>
    public sealed override StartRequest Read(ReadOnlySpan<byte> json, IntakeLimits? limits = null)
    {
        var refusals = Contract.Of<TStart>().Check(json, limits);
        return refusals.Count > 0
            ? throw new InvalidStartException(refusals)
            : Check(JsonSerializer.Deserialize<TStart>(json, SagaJson.Lenient)!);
    }

    /// <inheritdoc/>
    public sealed override JsonNode ExampleJson() => JsonSerializer.SerializeToNode(Example, SagaJson.Options)!;

    /// <inheritdoc/>
    public sealed override Contract? ResultOf(string step) => steps.Find(candidate => candidate.Name == step)?.Result;

    /// <summary>Checks data that has the shape of its type: what the plan says about it, and its business key.</summary>
    /// <exception cref="InvalidStartException">It is not valid; the exception says which fields are not.</exception>
    public StartRequest Check(TStart data)
    {
        FieldError[] errors = [.. Validate(data)];
        if (errors.Length > 0)
        {
            throw new InvalidStartException(errors);
        }

        var key = BusinessKeys.Checked(Type, BusinessKey(data));
        var (json, hash) = SagaJson.Canonical(data);
        return new StartRequest(this, key, json, hash);
    }

    /// <inheritdoc/>
    public sealed override SagaCommand Command(string step, Direction direction, SagaData saga)
    {
        var builder = steps.First(candidate => candidate.Name == step);
        return builder.Command(direction, saga.Read<TStart>(), saga);
    }

    /// <inheritdoc/>
    public sealed override Type? CommandType(string step, Direction direction) =>
        steps.Find(candidate => candidate.Name == step)?.CommandType(direction, Example);

    /// <inheritdoc/>
    public sealed override SagaCommand? ExampleCommand(
        string step,
        Direction direction,
        IReadOnlyDictionary<string, JsonElement> results
    ) => steps.Find(candidate => candidate.Name == step)?.TryCommand(direction, Example, ExampleData(results));

    /// <inheritdoc/>
    public sealed override bool Applies(string step, SagaData saga) =>
        steps.First(candidate => candidate.Name == step).Applies(saga.Read<TStart>(), saga);

    /// <inheritdoc/>
    public sealed override IReadOnlyDictionary<string, JsonElement> ColumnsOf(StartData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return columns.Of(data.Read<TStart>());
    }

    /// <summary>
    /// Declares a text that sagas are searched and listed by. It is read from the data once, when the saga starts; at most 200 characters
    /// count.
    /// </summary>
    /// <param name="name">Unique in the plan: 1 to 50 small letters, digits and underscores, for example <c>customer</c>.</param>
    /// <param name="value">Reads it; null for none.</param>
    /// <param name="indexed">Whether sagas are to be found by it quickly among millions. Costs a row for each saga.</param>
    protected void Column(string name, Func<TStart, string?> value, bool indexed = false) =>
        columns.Add(new BusinessColumn(name, ColumnKind.Text, indexed), data => value(data));

    /// <summary>Declares a number that sagas are searched, listed and summed by.</summary>
    /// <param name="name">Unique in the plan: 1 to 50 small letters, digits and underscores, for example <c>weight</c>.</param>
    /// <param name="value">Reads it; null for none.</param>
    /// <param name="indexed">Whether sagas are to be found by it quickly among millions. Costs a row for each saga.</param>
    protected void Column(string name, Func<TStart, decimal?> value, bool indexed = false) =>
        columns.Add(new BusinessColumn(name, ColumnKind.Number, indexed), data => value(data));

    /// <summary>Declares a point in time that sagas are searched and listed by.</summary>
    /// <param name="name">Unique in the plan: 1 to 50 small letters, digits and underscores, for example <c>due</c>.</param>
    /// <param name="value">Reads it; null for none.</param>
    /// <param name="indexed">Whether sagas are to be found by it quickly among millions. Costs a row for each saga.</param>
    protected void Column(string name, Func<TStart, DateTimeOffset?> value, bool indexed = false) =>
        columns.Add(new BusinessColumn(name, ColumnKind.Time, indexed), data => value(data));

    /// <summary>Declares something that is so or not, by which sagas are searched and listed.</summary>
    /// <param name="name">Unique in the plan: 1 to 50 small letters, digits and underscores, for example <c>express</c>.</param>
    /// <param name="value">Reads it; null for unknown.</param>
    protected void Column(string name, Func<TStart, bool?> value) =>
        columns.Add(new BusinessColumn(name, ColumnKind.Flag, IsIndexed: false), data => value(data));

    /// <summary>Declares an amount of money that sagas are searched and listed by, and summed by currency.</summary>
    /// <param name="name">Unique in the plan, for example <c>total</c>. The currency gets a column of its own,
    /// <c>total_currency</c>.</param>
    /// <param name="amount">Reads the amount; null for none.</param>
    /// <param name="currency">Reads the currency, for example <c>EUR</c>.</param>
    /// <param name="indexed">Whether sagas are to be found by the amount quickly among millions. Costs a row for each saga.</param>
    protected void Money(string name, Func<TStart, decimal?> amount, Func<TStart, string?> currency, bool indexed = false)
    {
        var currencyColumn = name + "_currency";
        columns.Add(new BusinessColumn(name, ColumnKind.Number, indexed, currencyColumn), data => amount(data));
        Column(currencyColumn, currency);
    }

    /// <summary>Adds a step after those that were added before.</summary>
    /// <param name="name">Unique in the plan, for example <c>process_payment</c>.</param>
    protected StepBuilder<TStart> Step(string name)
    {
        var step = new StepBuilder<TStart>(name, stage: steps.Count + 1);
        steps.Add(step);
        return step;
    }

    /// <summary>Adds a step after those that were added before, and declares what it results in.</summary>
    /// <typeparam name="TResult">
    /// The record that its participant answers with, or that its signal brings. An answer that is none leaves the step open and is
    /// recorded; an operator can then give the right one.
    /// </typeparam>
    /// <param name="name">Unique in the plan, for example <c>process_payment</c>.</param>
    protected StepBuilder<TStart> Step<TResult>(string name)
        where TResult : class
    {
        var step = Step(name);
        step.Result = Contract.Of<TResult>();
        return step;
    }

    /// <summary>The same, and gives what later steps read the result with: <c>saga.Result(hotel)</c>.</summary>
    /// <typeparam name="TResult">The record that its participant answers with, or that its signal brings.</typeparam>
    /// <param name="name">Unique in the plan, for example <c>book_hotel</c>.</param>
    /// <param name="result">The result, once the step has one.</param>
    protected StepBuilder<TStart> Step<TResult>(string name, out StepResult<TResult> result)
        where TResult : class
    {
        result = new StepResult<TResult>(name);
        return Step<TResult>(name);
    }

    /// <summary>
    /// Lets steps run side by side. When one fails, the others are given the time to answer before anything is undone (rule S4).
    /// </summary>
    /// <param name="branches">Steps that follow one another in this plan: <c>Parallel(Step("a")..., Step("b")...)</c>.</param>
    protected void Parallel(params StepBuilder<TStart>[] branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        foreach (var branch in branches)
        {
            branch.InStageOf(branches[0]);
        }
    }

    private SagaData ExampleData(IReadOnlyDictionary<string, JsonElement> results) =>
        new(SagaIds.OfSaga(Type, BusinessKey(Example)), new StartData(JsonSerializer.Serialize(Example, SagaJson.Options)), results);

    /// <summary>How long a saga may take. When that has passed before its pivot, it compensates (rule S16).</summary>
    protected void GivesUpAfter(TimeSpan limit) => deadline = limit;
}

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">The path of the field, for example <c>items[0].quantity</c>; empty for the whole.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record FieldError(string Field, string Message);
