using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
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

    /// <summary>The type of the message that starts such a saga.</summary>
    public abstract Type StartType { get; }

    /// <summary>Lets the state machine learn the start message's type.</summary>
    public abstract void Accept(IPlanVisitor visitor);

    /// <summary>Reads and checks a saga's data.</summary>
    public abstract StartRequest Read(ReadOnlySpan<byte> json, IntakeLimits? limits = null);

    /// <summary>Valid data of such a saga, as a client would send it.</summary>
    public abstract JsonNode ExampleJson();

    /// <summary>What a step's result, or its signal's data, may be; null when the plan does not say.</summary>
    public abstract Contract? ResultOf(string step);

    /// <summary>The columns that its sagas are searched, listed and summed by.</summary>
    public abstract IReadOnlyList<BusinessColumn> Columns { get; }

    /// <summary>What the columns of a saga hold; a column without a value is left out.</summary>
    public abstract IReadOnlyDictionary<string, JsonElement> ColumnsOf(StartData data);

    /// <summary>Makes a step's command.</summary>
    public abstract SagaCommand Command(string step, Direction direction, SagaData saga);

    /// <summary>Whether the condition of a step holds.</summary>
    public abstract bool Applies(string step, SagaData saga);
}

/// <summary>Does something with the type of a plan's start message.</summary>
public interface IPlanVisitor
{
    /// <summary>Is given the plan with its type.</summary>
    void Visit<TStart>(Plan<TStart> plan)
        where TStart : class;
}
