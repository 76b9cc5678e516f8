using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Plans;

/// <summary>One kind of saga: its steps and how their commands are made.</summary>
public abstract class Plan
{
    private protected Plan() { }

    /// <summary>The plan's name in URLs, messages and tables.</summary>
    public string Type => Definition.Type;

    /// <summary>What the decider needs to know.</summary>
    public abstract PlanDefinition Definition { get; }

    /// <summary>The type of the message that starts such a saga; null when no message does.</summary>
    public abstract Type? StartType { get; }

    /// <summary>What the data of such a saga may be.</summary>
    public abstract Contract Start { get; }

    /// <summary>Lets the state machine learn the start message's type.</summary>
    public abstract void Accept(IPlanVisitor visitor);

    /// <summary>Reads and checks a saga's data.</summary>
    public abstract StartRequest Read(ReadOnlySpan<byte> json, IntakeLimits? limits = null);

    /// <summary>Valid data of such a saga, as a client would send it.</summary>
    public abstract JsonNode ExampleJson();

    /// <summary>What a step's result, or its signal's data, may be; null when the plan does not say.</summary>
    public abstract Contract? ResultOf(string step);

    /// <summary>What of its messages is marked as sensitive; null when nothing is.</summary>
    public virtual PlanMarks? Marks => null;

    /// <summary>What of the plan works and is better changed, in sentences: a key by which a person is known.</summary>
    public IReadOnlyList<string> Warnings => [.. PersonalLook.In(this)];

    /// <summary>The columns that its sagas are searched, listed and summed by.</summary>
    public abstract IReadOnlyList<BusinessColumn> Columns { get; }

    /// <summary>What the columns of a saga hold; a column without a value is left out.</summary>
    public abstract IReadOnlyDictionary<string, JsonElement> ColumnsOf(StartData data);

    /// <summary>Makes a step's command.</summary>
    public abstract SagaCommand Command(string step, Direction direction, SagaData saga);

    /// <summary>What a step sends in a direction; null when it sends nothing, or when the plan does not say one type.</summary>
    public abstract Type? CommandType(string step, Direction direction);

    /// <summary>What a step sends in a direction, when it is no record of its own; null for everything else.</summary>
    public virtual JsonCommandShape? CommandShape(string step, Direction direction) => null;

    /// <summary>
    /// What a step sends for the plan's example, without its context; null when it sends nothing, or when its command cannot be made so.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="direction">Whether it is executed or undone.</param>
    /// <param name="results">What other steps resulted in, by step.</param>
    public abstract SagaCommand? ExampleCommand(string step, Direction direction, IReadOnlyDictionary<string, JsonElement> results);

    /// <summary>Whether the condition of a step holds.</summary>
    public abstract bool Applies(string step, SagaData saga);
}

/// <summary>A command that no record was compiled for.</summary>
/// <param name="Name">Namespace and name, for example <c>Acme.Trips:BookHotel</c>.</param>
/// <param name="Fields">What it holds, <c>saga</c> left out.</param>
public sealed record JsonCommandShape(string Name, ObjectShape Fields);

/// <summary>Does something with the type of a plan's start message.</summary>
public interface IPlanVisitor
{
    /// <summary>Is given the plan with its type.</summary>
    void Visit<TStart>(Plan<TStart> plan)
        where TStart : class;
}
