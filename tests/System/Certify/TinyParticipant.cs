using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Certify;

/// <summary>
/// A participant in memory behind the queue of notifications, which keeps every rule. Others derive from it, and break one each.
/// </summary>
internal class TinyParticipant : IAsyncDisposable
{
    protected const string Queue = "notifications";
    protected const string DeadLetters = "to.notifications.dead-letter";
    private const string Urn = "urn:message:SagaOrchestrator.Messages:";
    protected const string Undo = "urn:message:SagaOrchestrator.Messages.Orders.Notifications:SendCancellationNotice";
    protected const string Do = "urn:message:SagaOrchestrator.Messages.Orders.Notifications:SendOrderConfirmation";

    private readonly ConcurrentDictionary<string, Memory> memories = new();
    private IConnection connection = null!;

    protected IChannel Channel { get; private set; } = null!;

    protected virtual ushort Prefetch => 20;

    protected virtual ushort Dispatched => 8;

    public async Task Start(Sandbox sandbox)
    {
        connection = await sandbox.Connect(Queue);
        var options = new CreateChannelOptions(
            publisherConfirmationsEnabled: true,
            publisherConfirmationTrackingEnabled: true,
            consumerDispatchConcurrency: Dispatched
        );
        Channel = await connection.CreateChannelAsync(options);
        await Channel.BasicQosAsync(0, Prefetch, global: false);
        await OnStart();
        var consumer = new AsyncEventingBasicConsumer(Channel);
        consumer.ReceivedAsync += (_, delivery) => Receive(delivery);
        await Channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
    }

    /// <summary>As a crash would: what it holds goes back to the queue. What it remembers is as good as in a database.</summary>
    public async Task Crash(Sandbox sandbox)
    {
        await Stop();
        OnCrash();
        await Start(sandbox);
    }

    public async Task Stop()
    {
        await connection.AbortAsync();
        await connection.DisposeAsync();
    }

    public virtual async ValueTask DisposeAsync() => await connection.DisposeAsync();

    protected virtual Task OnStart() => Task.CompletedTask;

    protected virtual void OnCrash() { }

    protected void Forget() => memories.Clear();

    /// <summary>How many sagas have an effect.</summary>
    protected int Open => memories.Values.Count(memory => memory is { Result: not null, IsFenced: false });

    public bool HasAnswered => Open > 0;

    private static string KeyOf(JsonObject saga) => $"{saga["sagaId"]} {saga["step"]}";

    protected virtual async Task Receive(BasicDeliverEventArgs delivery)
    {
        var body = delivery.Body.ToArray();
        var properties = new BasicProperties(delivery.BasicProperties);
        if (Refusal(body) is { } reason)
        {
            await MoveToDeadLetters(properties, body, reason);
        }
        else
        {
            var envelope = JsonNode.Parse(body)!.AsObject();
            await Handle(envelope, new Delivered(properties.MessageId));
        }

        await Acknowledge(delivery.DeliveryTag);
    }

    protected virtual ValueTask Acknowledge(ulong tag) => Channel.BasicAckAsync(tag, multiple: false);

    protected virtual async Task Handle(JsonObject envelope, Delivered delivered)
    {
        var (type, message) = ((string)envelope["messageType"]![0]!, envelope["message"]!.AsObject());
        var saga = message["saga"]!.AsObject();
        var memory = memories.GetOrAdd(KeyOf(saga), _ => new Memory());
        JsonObject answer;
        using (await Lock(memory))
        {
            answer = type switch
            {
                Do => await OnDo(memory, message, saga, delivered),
                Undo => OnUndo(memory),
                _ => OnEnquiry(memory),
            };
        }

        await Answer(answer, saga);
        if (type != Do && type != Undo)
        {
            await FinishAccepted(memory);
        }
    }

    // Work that was accepted ends once somebody has asked for it.
    private async Task FinishAccepted(Memory memory)
    {
        if (memory is { Accepted: { } accepted, Result: null, IsFenced: false })
        {
            memory.Result = Effect(accepted);
            await Answer(Completed(memory), accepted);
        }
    }

    protected virtual async Task<IDisposable> Lock(Memory memory)
    {
        await memory.Gate.WaitAsync();
        return new Release(memory.Gate);
    }

    protected virtual async Task<JsonObject> OnDo(Memory memory, JsonObject message, JsonObject saga, Delivered delivered)
    {
        if (memory.IsFenced)
        {
            return Fenced();
        }

        var customer = (string?)message["customerId"];
        if (customer == "nobody")
        {
            return Rejected();
        }

        if (customer == "later" && memory.Result is null)
        {
            memory.Accepted = saga;
            return Reply("SagaStepProgressed");
        }

        await Task.Yield();
        memory.Result ??= Effect(saga);
        return Completed(memory);
    }

    protected virtual JsonObject OnUndo(Memory memory)
    {
        memory.HadNothing ??= memory.Result is null;
        memory.IsFenced = true;
        return Undone(memory.HadNothing.Value);
    }

    protected virtual JsonObject OnEnquiry(Memory memory)
    {
        if (memory is { Result: { } result, IsFenced: false })
        {
            return Reply("SagaStepOutcomeReported", ("outcome", "done"), ("result", result.DeepClone()));
        }

        if (memory is { Accepted: not null, IsFenced: false })
        {
            return Working();
        }

        memory.HadNothing ??= true;
        memory.IsFenced = true;
        return NotDone();
    }

    protected virtual JsonObject Working() => Reply("SagaStepOutcomeReported", ("outcome", "in_progress"));

    protected virtual JsonObject Rejected() =>
        Reply("SagaStepFailed", ("kind", "rejected"), ("code", "unknown_customer"), ("reason", "Nobody has this name."));

    protected virtual JsonObject Effect(JsonObject saga) => new() { ["notificationId"] = Guid.NewGuid().ToString() };

    protected virtual void Echo(JsonObject reply, JsonObject saga)
    {
        foreach (var name in new[] { "sagaId", "step", "commandId", "attempt" })
        {
            reply["message"]![name] = saga[name]!.DeepClone();
        }
    }

    protected virtual async Task Answer(JsonObject reply, JsonObject saga)
    {
        Echo(reply, saga);
        reply["correlationId"] = saga["sagaId"]!.DeepClone();
        await Channel.BasicPublishAsync(
            ReplyTo(saga),
            string.Empty,
            mandatory: false,
            Properties(reply),
            Encoding.UTF8.GetBytes(reply.ToJsonString())
        );
    }

    protected virtual string ReplyTo(JsonObject saga) => (string)saga["replyTo"]!;

    protected virtual BasicProperties Properties(JsonObject reply) =>
        new()
        {
            ContentType = "application/vnd.masstransit+json",
            MessageId = (string)reply["messageId"]!,
            DeliveryMode = DeliveryModes.Persistent,
            UserId = Queue,
        };

    protected virtual async Task MoveToDeadLetters(BasicProperties properties, byte[] body, string reason)
    {
        var headers = properties.Headers ?? new Dictionary<string, object?>();
        headers["dead-letter-id"] = Guid.NewGuid().ToString();
        headers["dead-letter-reason"] = reason;
        headers["dead-letter-from"] = Queue;
        headers["dead-letter-at"] = DateTimeOffset.UtcNow.ToString("O");
        headers["dead-letter-message"] = "It is not what its schema says.";
        properties.Headers = headers;
        properties.ClearUserId();
        await Channel.BasicPublishAsync(DeadLetters, string.Empty, mandatory: false, properties, body);
    }

    protected virtual string? Refusal(byte[] body)
    {
        JsonNode? envelope;
        try
        {
            envelope = JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return "malformed";
        }

        var type = envelope?["messageType"]?[0]?.ToString();
        if (type is not (Do or Undo or Urn + "QueryOutcome"))
        {
            return "unknown-message-type";
        }

        var message = envelope!["message"];
        var saga = message?["saga"];
        var isGood =
            Guid.TryParse(saga?["sagaId"]?.ToString(), out _)
            && saga!["attempt"] is JsonValue attempt
            && attempt.GetValue<int>() > 0
            && (type == Urn + "QueryOutcome" || message!["orderId"] is not null);
        return isGood ? null : "malformed";
    }

    protected static JsonObject Fenced() =>
        Reply("SagaStepFailed", ("kind", "rejected"), ("code", "fenced"), ("reason", "Its compensation came before."));

    protected static JsonObject NotDone() => Reply("SagaStepOutcomeReported", ("outcome", "not_done"));

    protected static JsonObject Completed(Memory memory) => Reply("SagaStepCompleted", ("result", memory.Result!.DeepClone()));

    protected static JsonObject Undone(bool nothingToUndo) => Reply("SagaCompensationCompleted", ("nothingToUndo", nothingToUndo));

    protected static JsonObject Reply(string type, params (string Name, JsonNode? Value)[] members) =>
        new()
        {
            ["messageId"] = Guid.NewGuid().ToString(),
            ["messageType"] = new JsonArray(Urn + type),
            ["message"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, member.Value))),
        };

    /// <summary>What it was delivered with.</summary>
    internal sealed record Delivered(string? MessageId);

    /// <summary>Of one saga's step.</summary>
    internal sealed class Memory
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public JsonObject? Result { get; set; }

        /// <summary>What work that goes on is for.</summary>
        public JsonObject? Accepted { get; set; }

        public bool IsFenced { get; set; }

        public bool? HadNothing { get; set; }
    }

    private sealed class Release(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
