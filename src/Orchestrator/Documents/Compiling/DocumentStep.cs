using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Documents.Expressions;
using SagaOrchestrator.Documents.Mapping;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Documents.Compiling;

/// <summary>A step as a document describes it.</summary>
/// <param name="Definition">What the decider needs to know.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Path">The same as a pointer.</param>
internal sealed record DocumentStep(StepDefinition Definition, int Line, string Path)
{
    public string Name => Definition.Name;

    public Condition? If { get; init; }

    public CommandTemplate? Do { get; init; }

    public CommandTemplate? Undo { get; init; }

    /// <summary>What it results in; null when the document does not say.</summary>
    public Contract? Result { get; init; }
}

/// <summary>Whether something holds.</summary>
/// <param name="Expression">Says so.</param>
/// <param name="Scope">What it looks at.</param>
internal sealed record Condition(Expression Expression, Scope Scope)
{
    public bool Holds(JsonSaga saga) => Expression.Holds(Scope.Of(saga));
}

/// <summary>A command as a document describes it.</summary>
/// <param name="Name">Namespace and name.</param>
/// <param name="Input">Its fields.</param>
/// <param name="Scope">What they are made from.</param>
internal sealed record CommandTemplate(string Name, Template Input, Scope Scope)
{
    public JsonCommand Make(JsonSaga saga) =>
        new(Name, System.Text.Json.JsonSerializer.SerializeToElement(Input.Make(saga, Scope) ?? new System.Text.Json.Nodes.JsonObject()));

    public JsonCommandShape Shape => new(Name, (Intake.Shapes.ObjectShape)Input.ShapeIn(Scope, Name));
}

/// <summary>A column as a document describes it.</summary>
/// <param name="Column">What the orchestrator needs to know.</param>
/// <param name="Value">Its value.</param>
internal sealed record DocumentColumn(BusinessColumn Column, Template Value);

/// <summary>What must hold for the data of a saga.</summary>
/// <param name="Must">What.</param>
/// <param name="Field">The path of the field that is to blame; empty for the whole.</param>
/// <param name="Message">What is wrong when it does not.</param>
internal sealed record DataRule(Expression Must, string Field, string Message);
