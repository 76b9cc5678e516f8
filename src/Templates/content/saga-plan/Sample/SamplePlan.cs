using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;

namespace Sample;

/// <summary>Starts such a saga.</summary>
public sealed record StartSample(string Key);

/// <summary>Executes its step.</summary>
public sealed record DoSample(string Key) : SagaCommand;

/// <summary>Undoes it.</summary>
public sealed record UndoSample(string Key) : SagaCommand;

/// <summary>A saga with one step. Register it with <c>AddPlan&lt;SamplePlan&gt;()</c>.</summary>
public sealed class SamplePlan : Plan<StartSample>
{
    public SamplePlan()
        : base("saga-type", version: 1) =>
        Step("work").At("participant-name").Within(TimeSpan.FromSeconds(30))
            .Do((start, _) => new DoSample(start.Key))
            .UndoneBy((start, _) => new UndoSample(start.Key));

    public override StartSample Example { get; } = new("1");

    public override string BusinessKey(StartSample data) => data.Key;

    public override IEnumerable<FieldError> Validate(StartSample data) => [];
}
