using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Host.Plans;

/// <summary>One kind of saga: its steps and how their commands are made.</summary>
public abstract class Plan
{
    private protected Plan()
    {
    }

    /// <summary>The plan's name in URLs, messages and tables.</summary>
    public string Type => Shape.Type;

    /// <summary>What the decider needs to know.</summary>
    internal abstract SagaPlan Shape { get; }

    /// <summary>The type of the message that starts such a saga.</summary>
    internal abstract Type StartType { get; }

    /// <summary>Lets the state machine learn the start message's type.</summary>
    internal abstract void Accept(IPlanVisitor visitor);

    /// <summary>Reads and checks a saga's data.</summary>
    internal abstract StartRequest Read(ReadOnlySpan<byte> json, IntakeLimits? limits = null);

    /// <summary>What a step's result, or its signal's data, may be; null when the plan does not say.</summary>
    internal abstract Contract? ResultOf(string step);

    /// <summary>Makes a step's command.</summary>
    internal abstract SagaCommand Command(string step, Direction direction, SagaData saga);

    /// <summary>Whether the condition of a step holds.</summary>
    internal abstract bool Applies(string step, SagaData saga);
}

/// <summary>Does something with the type of a plan's start message.</summary>
internal interface IPlanVisitor
{
    void Visit<TStart>(Plan<TStart> plan)
        where TStart : class;
}
