using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Host.Machine;

/// <summary>Turns the words of the wire into the decider's.</summary>
internal static class ReplyInputs
{
    public static SagaInput From(SagaStepCompleted reply) => new StepSucceeded(reply.Step, reply.CommandId, reply.Attempt);

    public static SagaInput From(SagaStepFailed reply) => reply.Kind == FailureKind.Rejected
        ? new StepRejected(reply.Step, reply.CommandId, reply.Attempt, reply.Code, reply.Reason)
        : new StepFaulted(reply.Step, reply.CommandId, reply.Attempt, reply.Code, reply.Reason);

    public static SagaInput From(SagaCompensationCompleted reply) =>
        new CompensationSucceeded(reply.Step, reply.CommandId, reply.Attempt);

    public static SagaInput From(SagaCompensationFailed reply) =>
        new CompensationFailed(reply.Step, reply.CommandId, reply.Attempt, reply.Code, reply.Reason);
}
