using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Decisions.Results;

/// <summary>Something to do, decided and not yet done. The shell carries it out in the transaction that stores the progress.</summary>
public abstract record Decision;

/// <summary>Send a command to a participant.</summary>
/// <param name="Step">The step.</param>
/// <param name="Participant">The queue.</param>
/// <param name="Direction">Do or undo.</param>
/// <param name="Attempt">From 1, counted per direction (rule S19).</param>
/// <param name="CommandId">Stable over attempts (rule S10); a compensation has its own (rule S15).</param>
/// <param name="MessageId">Differs per attempt, so that the participant's inbox lets a retry through.</param>
public sealed record SendCommand(string Step, string Participant, Direction Direction, int Attempt, Guid CommandId, Guid MessageId)
    : Decision;

/// <summary>Register a compensation, in the transaction that writes the step's command (rule S1).</summary>
/// <param name="Step">The step that it will undo.</param>
/// <param name="StartOrder">Compensations run in reverse of it.</param>
/// <param name="CommandId">The id that the compensating command will have.</param>
public sealed record RegisterCompensation(string Step, int StartOrder, Guid CommandId) : Decision;

/// <summary>Keep the result that came with this reply, for later steps and for the compensation (rule S2).</summary>
/// <param name="Step">The step that it belongs to.</param>
public sealed record KeepResult(string Step) : Decision;

/// <summary>Ask a participant whether a step happened. It answers done, not done and now fenced, or in progress.</summary>
/// <param name="Step">The step.</param>
/// <param name="Participant">The queue.</param>
/// <param name="Attempt">The attempt that is asked about.</param>
/// <param name="Enquiry">From 1.</param>
/// <param name="CommandId">The id of the step's command.</param>
/// <param name="MessageId">Differs per enquiry.</param>
/// <param name="FenceUnfinished">Whether an operator settled the step, so that work without an outcome is fenced too.</param>
public sealed record SendEnquiry(
    string Step,
    string Participant,
    int Attempt,
    int Enquiry,
    Guid CommandId,
    Guid MessageId,
    bool FenceUnfinished
) : Decision;

/// <summary>Keep the data of this signal until its step begins.</summary>
/// <param name="SignalId">The signal.</param>
public sealed record KeepSignal(Guid SignalId) : Decision;

/// <summary>Make a signal's data the result of the step that waited for it.</summary>
/// <param name="SignalId">The signal: this one, or one that was kept.</param>
/// <param name="Step">The step.</param>
public sealed record TakeSignal(Guid SignalId, string Step) : Decision;

/// <summary>Append an entry to the saga's history.</summary>
/// <param name="Entry">What happened.</param>
public sealed record Record(HistoryEntry Entry) : Decision;

/// <summary>Publish that the saga reached Completed, Failed or Parked.</summary>
/// <param name="State">Which of them.</param>
/// <param name="Failure">What is stuck, for Parked.</param>
public sealed record PublishEvent(SagaState State, Failure? Failure = null) : Decision;

/// <summary>The operator's action is not possible, or nobody asked for this reply. Nothing changes.</summary>
/// <param name="Code">A stable word, for example <c>after-pivot</c>.</param>
/// <param name="Reason">Why, and the next move.</param>
public sealed record Refuse(string Code, string Reason) : Decision;
