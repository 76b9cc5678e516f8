using System.Text;
using System.Text.Json;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Contracts.Examples;

/// <summary>The saga that a plan's example would be.</summary>
internal sealed class ExampleSaga
{
    private readonly Plan plan;
    private readonly string orchestrator;
    private readonly Dictionary<string, JsonElement> results;

    public ExampleSaga(Plan plan, string orchestrator)
    {
        (this.plan, this.orchestrator) = (plan, orchestrator);
        BusinessKey = plan.Read(Encoding.UTF8.GetBytes(plan.ExampleJson().ToJsonString())).BusinessKey;
        Id = SagaIds.OfSaga(plan.Type, BusinessKey);
        results = plan
            .Definition.Steps.Where(step => plan.ResultOf(step.Name) is not null)
            .ToDictionary(step => step.Name, step => Sample(plan, step.Name), StringComparer.Ordinal);
    }

    public Guid Id { get; }

    public string Type => plan.Type;

    public string BusinessKey { get; }

    /// <summary>What a step results in; null when its plan does not say.</summary>
    public JsonElement? Result(string step) => results.TryGetValue(step, out var result) ? result : null;

    /// <summary>Which saga, step and attempt a command belongs to.</summary>
    public CommandContext Context(PlanStep step, Direction direction) =>
        new(
            Id,
            plan.Type,
            BusinessKey,
            step.Step.Name,
            direction == Direction.Do ? CommandDirection.Do : CommandDirection.Undo,
            Attempt: 1,
            SagaIds.OfCommand(Id, step.Step.Name, direction),
            orchestrator
        );

    /// <summary>A step's command: as the plan makes it, else one that its record takes. Null when the step sends none.</summary>
    public SagaCommand? Command(PlanStep step, Direction direction)
    {
        var command = plan.ExampleCommand(step.Step.Name, direction, results) ?? Sample(step.Command(direction));
        return command is null ? null : command with { Saga = Context(step, direction) };
    }

    private static SagaCommand? Sample(WireType? type) =>
        type switch
        {
            null => null,
            { Record: { } record } => (SagaCommand?)SampleValues.Of(type.Shape, type.Title).Deserialize(record, WireJson.Options),
            _ => Untyped(type),
        };

    private static JsonCommand Untyped(WireType type)
    {
        var sample = SampleValues.Of(type.Shape, type.Title)!.AsObject();
        sample.Remove("saga");
        return new JsonCommand(type.Urn["urn:message:".Length..], JsonSerializer.SerializeToElement(sample));
    }

    private static JsonElement Sample(Plan plan, string step) =>
        JsonSerializer.SerializeToElement(SampleValues.Of(plan.ResultOf(step)!.Shape, step));
}
