using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace SagaOrchestrator.Tests.Certify;

/// <summary>Takes a first attempt for new, also when its very message comes again.</summary>
internal sealed class DoesADuplicateAgain : TinyParticipant
{
    private readonly ConcurrentDictionary<string, bool> seen = new();

    protected override Task<JsonObject> OnDo(Memory memory, JsonObject message, JsonObject saga, Delivered delivered)
    {
        if (delivered.MessageId is { } id && !seen.TryAdd(id, true) && (int)saga["attempt"]! == 1)
        {
            memory.Result = null;
        }

        return base.OnDo(memory, message, saga, delivered);
    }
}

/// <summary>Takes a first attempt under another message id for new.</summary>
internal sealed class KnowsMessagesAlone : TinyParticipant
{
    private readonly ConcurrentDictionary<(string Saga, int Attempt), string?> seen = new();

    protected override Task<JsonObject> OnDo(Memory memory, JsonObject message, JsonObject saga, Delivered delivered)
    {
        var attempt = (int)saga["attempt"]!;
        var first = seen.GetOrAdd(((string)saga["sagaId"]!, attempt), delivered.MessageId);
        if (first != delivered.MessageId && attempt == 1)
        {
            memory.Result = null;
        }

        return base.OnDo(memory, message, saga, delivered);
    }
}

/// <summary>Does each further attempt anew.</summary>
internal sealed class DoesEachAttempt : TinyParticipant
{
    private readonly ConcurrentDictionary<string, int> latest = new();

    protected override Task<JsonObject> OnDo(Memory memory, JsonObject message, JsonObject saga, Delivered delivered)
    {
        var (id, attempt) = ((string)saga["sagaId"]!, (int)saga["attempt"]!);
        if (latest.TryGetValue(id, out var before) && attempt > before)
        {
            memory.Result = null;
        }

        latest[id] = Math.Max(attempt, before);
        return base.OnDo(memory, message, saga, delivered);
    }
}

/// <summary>Rejects an attempt that comes behind a later one.</summary>
internal sealed class RejectsAnEarlierAttempt : TinyParticipant
{
    private readonly ConcurrentDictionary<string, int> latest = new();

    protected override async Task<JsonObject> OnDo(Memory memory, JsonObject message, JsonObject saga, Delivered delivered)
    {
        var (id, attempt) = ((string)saga["sagaId"]!, (int)saga["attempt"]!);
        if (latest.GetValueOrDefault(id) > attempt)
        {
            return Rejected();
        }

        latest[id] = attempt;
        return await base.OnDo(memory, message, saga, delivered);
    }
}

/// <summary>Two copies that come together pass each other: both look before either has written.</summary>
internal sealed class LooksBeforeItLocks : TinyParticipant
{
    private readonly ConcurrentDictionary<string, (JsonObject Saga, TaskCompletionSource Second)> waiting = new();

    protected override async Task Handle(JsonObject envelope, Delivered delivered)
    {
        var saga = envelope["message"]!["saga"]!.AsObject();
        if ((string)envelope["messageType"]![0]! != Do || (int)saga["attempt"]! != 2)
        {
            await base.Handle(envelope, delivered);
            return;
        }

        var id = (string)saga["sagaId"]!;
        var mine = (saga, new TaskCompletionSource());
        if (waiting.TryAdd(id, mine))
        {
            // Nobody else comes in the rules that send one attempt alone: it is handled a moment later, as usual.
            await mine.Item2.Task.WaitAsync(TimeSpan.FromMilliseconds(200)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!mine.Item2.Task.IsCompleted)
            {
                waiting.TryRemove(id, out _);
                await base.Handle(envelope, delivered);
            }

            return;
        }

        waiting.TryRemove(id, out var first);
        await Answer(Reply("SagaStepCompleted", ("result", Effect(saga))), first.Saga);
        await Answer(Reply("SagaStepCompleted", ("result", Effect(saga))), saga);
        first.Second.TrySetResult();
    }
}

/// <summary>Has room for thirty sagas.</summary>
internal sealed class HasRoomForThirty : TinyParticipant
{
    protected override async Task<JsonObject> OnDo(Memory memory, JsonObject message, JsonObject saga, Delivered delivered) =>
        memory.Result is null && Open >= 30 ? Rejected() : await base.OnDo(memory, message, saga, delivered);
}

/// <summary>Takes as much as there is.</summary>
internal sealed class HasNoPrefetch : TinyParticipant
{
    protected override ushort Prefetch => 0;
}

/// <summary>Answers, and leaves the message with the broker as not handled.</summary>
internal sealed class NeverAcknowledges : TinyParticipant
{
    // Room for all that it gets.
    protected override ushort Prefetch => 1000;

    protected override ValueTask Acknowledge(ulong tag) => ValueTask.CompletedTask;
}

/// <summary>Refuses both of two copies that come together.</summary>
internal sealed class RejectsBothCopies : TinyParticipant
{
    private readonly ConcurrentDictionary<string, (JsonObject Saga, TaskCompletionSource Second)> waiting = new();

    protected override async Task Handle(JsonObject envelope, Delivered delivered)
    {
        var saga = envelope["message"]!["saga"]!.AsObject();
        var id = (string)saga["sagaId"]!;
        if ((string)envelope["messageType"]![0]! != Do || (int)saga["attempt"]! != 2)
        {
            await base.Handle(envelope, delivered);
        }
        else if (waiting.TryRemove(id, out var first))
        {
            await Answer(Rejected(), first.Saga);
            await Answer(Rejected(), saga);
            first.Second.TrySetResult();
        }
        else
        {
            var second = new TaskCompletionSource();
            waiting[id] = (saga, second);
            await second.Task.WaitAsync(TimeSpan.FromMilliseconds(200)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!second.Task.IsCompleted && waiting.TryRemove(id, out _))
            {
                await base.Handle(envelope, delivered);
            }
        }
    }
}

/// <summary>Remembers nothing after a crash.</summary>
internal sealed class RemembersInMemory : TinyParticipant
{
    protected override void OnCrash() => Forget();
}

/// <summary>Begins with an empty queue.</summary>
internal sealed class PurgesItsQueue : TinyParticipant
{
    protected override async Task OnStart() => await Channel.QueuePurgeAsync(Queue);
}
