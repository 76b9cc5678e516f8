using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Plans.Running;

/// <summary>What an input does to a saga.</summary>
/// <param name="Input">The input that was decided on: a success whose result is refused is another one.</param>
/// <param name="Decided">The new progress and what is to be done; of a refusal, what there was before.</param>
/// <param name="Commands">The commands of all <see cref="SendCommand"/>, in the order of the decisions.</param>
/// <param name="Results">The saga's results after it; the same object when they did not change.</param>
/// <param name="Refused">Why an operator's action is not possible, a signal cannot be kept, or a reply is forged; null when the input
/// counts.</param>
public sealed record PlanTurn(
    SagaInput Input,
    Decided Decided,
    IReadOnlyList<SagaCommand> Commands,
    IReadOnlyDictionary<string, JsonElement> Results,
    Refuse? Refused
)
{
    internal static PlanTurn Refuse(SagaView saga, SagaInput input, Refuse refused) =>
        new(input, new Decided(saga.Progress, []), [], saga.Results, refused);
}
