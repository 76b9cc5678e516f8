using System.Text.Json;
using SagaOrchestrator.Benchmarks.Floor.Wire;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Floor.Effects;

/// <summary>The four participants of the floor.</summary>
internal sealed class StepWork(EffectTable table) : IFloorWork
{
    public async Task<IReadOnlyList<FloorMessage>> Handle(IReadOnlyList<Incoming> messages, IReadOnlyList<Guid> sent)
    {
        var writes = messages.Select(Decide).ToList();
        var written = await table.Write(writes, sent);
        return [.. writes.Where(write => written.Contains(write.Cause.MessageId)).Select(write => write.Reply)];
    }

    private static EffectWrite Decide(Incoming command)
    {
        if (command.Type == FloorTypes.Undo)
        {
            var undo = JsonSerializer.Deserialize(command.Body, FloorJson.Default.UndoContent)!;
            return new EffectWrite(
                command,
                "undo",
                undo.OrderId,
                IsEffective: true,
                Reply(command, FloorTypes.Undone, new StepAnswer(null))
            );
        }

        var content = JsonSerializer.Deserialize(command.Body, FloorJson.Default.StepContent)!;
        if (Carrier.Rejects(content))
        {
            var rejection = new StepAnswer(null, Carrier.Code, Carrier.Reason);
            return new EffectWrite(command, "do", string.Empty, IsEffective: false, Reply(command, FloorTypes.Rejected, rejection));
        }

        var answer = content.Answer();
        return new EffectWrite(command, "do", answer, IsEffective: true, Reply(command, FloorTypes.Done, new StepAnswer(answer)));
    }

    private static FloorMessage Reply(Incoming command, string type, StepAnswer answer) =>
        FloorMessage.To(
            Roles.Orchestrator,
            command.SagaId,
            type,
            command.Step,
            JsonSerializer.Serialize(answer, FloorJson.Default.StepAnswer)
        );
}

/// <summary>What a command leaves: perhaps an effect, and always a reply.</summary>
internal sealed record EffectWrite(Incoming Cause, string Direction, string Reference, bool IsEffective, FloorMessage Reply);
