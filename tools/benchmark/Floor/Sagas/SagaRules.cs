using System.Text.Json;
using SagaOrchestrator.Benchmarks.Floor.Wire;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Floor.Sagas;

/// <summary>
/// What follows a message: the saga's next state and the one message that goes out; null when the message says nothing new.
/// </summary>
internal static class SagaRules
{
    public static SagaChange? Start(Incoming message)
    {
        var order = JsonSerializer.Deserialize(message.Body, FloorJson.Default.Order)!;
        return Execute(new SagaState(message.SagaId, order, SagaPhase.Forward, 0, string.Empty, string.Empty, 1));
    }

    public static SagaChange? Continue(SagaState saga, Incoming message)
    {
        var next = saga with { Version = saga.Version + 1 };
        return message.Type switch
        {
            FloorTypes.Done when IsNext(saga, message) => Completed(next, Answer(message).Reference!),
            FloorTypes.Rejected when IsNext(saga, message) => Rejected(next, message.Step, Answer(message)),
            FloorTypes.Undone when IsLast(saga, message) => Compensate(next with { Done = saga.Done - 1 }),
            _ => null,
        };
    }

    private static SagaChange Completed(SagaState saga, string reference)
    {
        var next = saga with { Done = saga.Done + 1, Reference = reference };
        return next.Done == Steps.All.Count ? Ended(next with { Phase = SagaPhase.Completed }) : Execute(next);
    }

    private static SagaChange Rejected(SagaState saga, string step, StepAnswer answer) =>
        Compensate(saga with { Phase = SagaPhase.Compensating, Failure = $"{step}: {answer.Code}: {answer.Reason}" });

    private static SagaChange Execute(SagaState saga)
    {
        var step = Steps.All[saga.Done];
        var content = StepContent.Of(step.Name, saga.Order, saga.Done == 0 ? null : saga.Reference);
        return new SagaChange(
            saga,
            FloorMessage.To(
                step.Participant,
                saga.Id,
                FloorTypes.Do,
                step.Name,
                JsonSerializer.Serialize(content, FloorJson.Default.StepContent)
            )
        );
    }

    private static SagaChange Compensate(SagaState saga)
    {
        if (saga.Done == 0)
        {
            return Ended(saga with { Phase = SagaPhase.Failed });
        }

        var step = Steps.All[saga.Done - 1];
        return new SagaChange(
            saga,
            FloorMessage.To(
                step.Participant,
                saga.Id,
                FloorTypes.Undo,
                step.Name,
                JsonSerializer.Serialize(new UndoContent(saga.Order.OrderId), FloorJson.Default.UndoContent)
            )
        );
    }

    private static SagaChange Ended(SagaState saga)
    {
        var completed = saga.Phase == SagaPhase.Completed;
        var ended = new OrderEnded(
            saga.Id,
            saga.Order.OrderId,
            completed,
            completed ? null : saga.Failure,
            completed ? [] : Undone(saga.Failure)
        );
        return new SagaChange(
            saga,
            FloorMessage.Event(
                FloorTopology.Ended,
                saga.Id,
                FloorTypes.Ended,
                JsonSerializer.Serialize(ended, FloorJson.Default.OrderEnded)
            )
        );
    }

    // Everything before the step that failed was undone, last first.
    private static string[] Undone(string failure) =>
        [
            .. Steps
                .All.TakeWhile(step => !failure.StartsWith(step.Name + ":", StringComparison.Ordinal))
                .Select(step => step.Name)
                .Reverse(),
        ];

    private static StepAnswer Answer(Incoming message) => JsonSerializer.Deserialize(message.Body, FloorJson.Default.StepAnswer)!;

    private static bool IsNext(SagaState saga, Incoming message) =>
        saga.Phase == SagaPhase.Forward && Steps.All[saga.Done].Name == message.Step;

    private static bool IsLast(SagaState saga, Incoming message) =>
        saga.Phase == SagaPhase.Compensating && Steps.All[saga.Done - 1].Name == message.Step;
}

/// <summary>A saga's next state, and the message that goes out with it.</summary>
internal sealed record SagaChange(SagaState Saga, FloorMessage Message);
