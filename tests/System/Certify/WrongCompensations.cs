using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Tests.Certify;

/// <summary>Says of each compensation that there was nothing to undo.</summary>
internal sealed class HadNothingToUndo : TinyParticipant
{
    protected override JsonObject OnUndo(Memory memory)
    {
        base.OnUndo(memory);
        return Undone(nothingToUndo: true);
    }
}

/// <summary>Says of a second compensation that there is nothing to undo any more.</summary>
internal sealed class UndoesOnce : TinyParticipant
{
    protected override JsonObject OnUndo(Memory memory)
    {
        var isAgain = memory.HadNothing is not null;
        var answer = base.OnUndo(memory);
        return isAgain ? Undone(nothingToUndo: true) : answer;
    }
}

/// <summary>Cannot undo what it does not know, but will not do it either.</summary>
internal sealed class UndoesOnlyWhatItKnows : TinyParticipant
{
    private readonly ConcurrentDictionary<Memory, bool> known = new();

    protected override ushort Dispatched => 1;

    protected override Task<JsonObject> OnDo(Memory memory, JsonObject message, JsonObject saga, Delivered delivered)
    {
        known[memory] = true;
        return base.OnDo(memory, message, saga, delivered);
    }

    protected override JsonObject OnUndo(Memory memory)
    {
        var answer = base.OnUndo(memory);
        return known.ContainsKey(memory)
            ? answer
            : Reply("SagaCompensationFailed", ("code", "unknown"), ("reason", "There is no such notice."));
    }
}

/// <summary>Writes no tombstones.</summary>
internal sealed class WritesNoTombstones : TinyParticipant
{
    protected override ushort Dispatched => 1;

    protected override JsonObject OnUndo(Memory memory) => memory.Result is null ? Undone(nothingToUndo: true) : base.OnUndo(memory);
}

/// <summary>Answers an old copy from its memory of answers, whatever came since.</summary>
internal sealed class AnswersOldCopies : TinyParticipant
{
    protected override async Task<JsonObject> OnDo(Memory memory, JsonObject message, JsonObject saga, Delivered delivered) =>
        memory is { IsFenced: true, Result: not null } && (int)saga["attempt"]! == 1
            ? Completed(memory)
            : await base.OnDo(memory, message, saga, delivered);
}

/// <summary>A compensation passes a command that is under way, and finds nothing.</summary>
internal class PassesWhatIsUnderWay : TinyParticipant
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> underWay = new();

    protected virtual string Passing => Undo;

    protected virtual JsonObject FoundNothing() => Undone(nothingToUndo: true);

    protected override async Task Handle(JsonObject envelope, Delivered delivered)
    {
        var (type, saga) = ((string)envelope["messageType"]![0]!, envelope["message"]!["saga"]!.AsObject());
        var id = (string)saga["sagaId"]!;
        if (type == Passing && underWay.TryRemove(id, out var passed))
        {
            await Answer(FoundNothing(), saga);
            passed.SetResult();
            return;
        }

        await base.Handle(envelope, delivered);
    }

    // A moment in which something may pass.
    protected override async Task<JsonObject> OnDo(Memory memory, JsonObject message, JsonObject saga, Delivered delivered)
    {
        if (memory is { Result: null, IsFenced: false } && (int)saga["attempt"]! == 1 && (string?)message["customerId"] != "later")
        {
            var passed = underWay.GetOrAdd((string)saga["sagaId"]!, new TaskCompletionSource());
            await passed.Task.WaitAsync(TimeSpan.FromMilliseconds(100)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            underWay.TryRemove((string)saga["sagaId"]!, out _);
        }

        return await base.OnDo(memory, message, saga, delivered);
    }
}

/// <summary>An enquiry passes a command that is under way, and finds nothing.</summary>
internal sealed class IsAskedOfWhatIsUnderWay : PassesWhatIsUnderWay
{
    protected override string Passing => "urn:message:SagaOrchestrator.Messages:QueryOutcome";

    protected override JsonObject FoundNothing() => NotDone();
}

/// <summary>Says that it was not done, and does it all the same.</summary>
internal sealed class DoesWhatItCalledNotDone : TinyParticipant
{
    protected override ushort Dispatched => 1;

    protected override JsonObject OnEnquiry(Memory memory) =>
        memory is { Result: null, IsFenced: false, Accepted: null } ? NotDone() : base.OnEnquiry(memory);
}

/// <summary>Says that it was done, and not how.</summary>
internal sealed class ReportsNoResult : TinyParticipant
{
    protected override JsonObject OnEnquiry(Memory memory) =>
        memory is { Result: not null, IsFenced: false } ? Reply("SagaStepOutcomeReported", ("outcome", "done")) : base.OnEnquiry(memory);
}

/// <summary>Says of what is undone that it was done.</summary>
internal sealed class ReportsWhatIsUndone : TinyParticipant
{
    protected override JsonObject OnEnquiry(Memory memory) =>
        memory.Result is { } result
            ? Reply("SagaStepOutcomeReported", ("outcome", "done"), ("result", result.DeepClone()))
            : base.OnEnquiry(memory);
}

/// <summary>Calls work that goes on not done.</summary>
internal sealed class CallsWorkNotDone : TinyParticipant
{
    protected override JsonObject Working() => NotDone();
}

/// <summary>Rejects, and does not say what.</summary>
internal sealed class RejectsWithoutCode : TinyParticipant
{
    protected override JsonObject Rejected() => Reply("SagaStepFailed", ("kind", "rejected"), ("reason", "Nobody has this name."));
}

/// <summary>Rejects with a reason that is no text.</summary>
internal sealed class RejectsWithAnObject : TinyParticipant
{
    protected override JsonObject Rejected() =>
        Reply("SagaStepFailed", ("kind", "rejected"), ("code", "unknown_customer"), ("reason", new JsonObject { ["text"] = "Nobody." }));
}

/// <summary>Rejects as if nobody knew.</summary>
internal sealed class RejectsAsFaulted : TinyParticipant
{
    protected override JsonObject Rejected() =>
        Reply("SagaStepFailed", ("kind", "faulted"), ("code", "unknown_customer"), ("reason", "Nobody has this name."));
}
