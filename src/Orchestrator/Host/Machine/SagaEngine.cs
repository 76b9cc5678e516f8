using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Host.Telemetry;
using SagaOrchestrator.Outbox.Capture;
using SagaOrchestrator.Outbox.DeadLetters;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Host.Machine;

/// <summary>Turns a message into an input, asks the decider, and carries out its decisions in the message's unit of work.</summary>
internal sealed class SagaEngine(PlanCatalogue plans, SagaObserver observer)
{
    /// <summary>A saga that a message starts: accepted and begun at once.</summary>
    public async Task Start(BehaviorContext<SagaInstance> context, StartRequest request)
    {
        context.Saga.Accept(request, context.Saga.Now, Activity.Current?.Id);
        context.UnitOfWork().AfterCommit(() => observer.Started(context.Saga));
        await Apply(context, new Begin());
    }

    /// <summary>The same key again: the same data changes nothing, other data is a conflict (rule S29).</summary>
    public static void StartAgain(SagaInstance saga, StartRequest request)
    {
        if (!saga.DataHash.AsSpan().SequenceEqual(request.DataHash))
        {
            throw new RefusedMessageException(
                DeadLetterReason.Conflict,
                $"'{request.BusinessKey}' is the business key of saga {saga.CorrelationId}, which was started with other data. Use another key, or drop this message.");
        }
    }

    /// <summary>Decides on an input and notes what follows.</summary>
    /// <param name="context">The message's context; its unit of work takes everything.</param>
    /// <param name="input">What happened.</param>
    /// <param name="result">The result that came with a reply.</param>
    public async Task Apply(BehaviorContext<SagaInstance> context, SagaInput input, JsonElement? result = null)
    {
        var saga = context.Saga;
        var plan = plans.Get(saga.Type, saga.PlanVersion);
#pragma warning disable CA5394 // Jitter needs no secrecy.
        var decided = SagaDecider.Decide(plan.Shape, saga.Progress, input, saga.Now, Random.Shared.NextDouble());
#pragma warning restore CA5394
        if (decided.Decisions.IsEmpty)
        {
            return;
        }

        saga.Progress = decided.Progress;
        saga.Changed = true;
        foreach (var decision in decided.Decisions)
        {
            await Carry(context, plan, decision, result);
        }

        if (decided.Progress.HasEnded)
        {
            saga.EndedAt ??= saga.Now;
        }

        await context.TransitionToState(context.StateMachine.GetState(decided.Progress.State.ToString()));
        context.UnitOfWork().AfterCommit(() => observer.Moved(saga, decided.Decisions));
    }

    private async Task Carry(BehaviorContext<SagaInstance> context, Plan plan, Decision decision, JsonElement? result)
    {
        var saga = context.Saga;
        switch (decision)
        {
            case SendCommand command:
                await CommandSender.Send(context, plan, saga, command);
                break;
            case RegisterCompensation compensation:
                saga.Compensations.Add(compensation);
                break;
            case KeepResult keep:
                Keep(saga, keep.Step, result);
                break;
            case Record record:
                saga.NewHistory.Add(record.Entry);
                break;
            case PublishOutcome outcome:
                await SagaOutcomes.Publish(context, saga, outcome.State);
                break;
            default:
                throw new InvalidOperationException($"The decision {decision.GetType().Name} is new here. Teach {nameof(SagaEngine)} to carry it out.");
        }
    }

    private static void Keep(SagaInstance saga, string step, JsonElement? result)
    {
        if (result is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value)
        {
            saga.Results.TryAdd(step, value.Clone());
        }
    }
}
