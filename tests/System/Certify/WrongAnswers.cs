using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace SagaOrchestrator.Tests.Certify;

/// <summary>Answers nothing.</summary>
internal sealed class NeverAnswers : TinyParticipant
{
    protected override Task Answer(JsonObject reply, JsonObject saga) => Task.CompletedTask;
}

/// <summary>Sends each answer twice, as after a crash in between. That is no mistake: delivery is at least once.</summary>
internal sealed class AnswersEachTwice : TinyParticipant
{
    protected override async Task Answer(JsonObject reply, JsonObject saga)
    {
        await base.Answer(reply, saga);
        await base.Answer(reply, saga);
    }
}

/// <summary>Goes on saying that it goes on, and says nothing else.</summary>
internal sealed class OnlyGoesOn : TinyParticipant
{
    protected override async Task Answer(JsonObject reply, JsonObject saga)
    {
        for (var count = 0; count < 30; count++)
        {
            await base.Answer(Reply("SagaStepProgressed"), saga);
        }
    }
}

/// <summary>Calls each attempt the first.</summary>
internal sealed class EchoesTheFirstAttempt : TinyParticipant
{
    protected override void Echo(JsonObject reply, JsonObject saga)
    {
        base.Echo(reply, saga);
        reply["message"]!["attempt"] = 1;
    }
}

/// <summary>Makes up the command's id.</summary>
internal sealed class MakesUpTheCommandId : TinyParticipant
{
    protected override void Echo(JsonObject reply, JsonObject saga)
    {
        base.Echo(reply, saga);
        reply["message"]!["commandId"] = Guid.NewGuid().ToString();
    }
}

/// <summary>Sends JSON, and says so.</summary>
internal sealed class SaysPlainJson : TinyParticipant
{
    protected override BasicProperties Properties(JsonObject reply)
    {
        var properties = base.Properties(reply);
        properties.ContentType = "application/json";
        return properties;
    }
}

/// <summary>Gives each answer the same message id.</summary>
internal sealed class HasOneMessageId : TinyParticipant
{
    private readonly string id = Guid.NewGuid().ToString();

    protected override Task Answer(JsonObject reply, JsonObject saga)
    {
        reply["messageId"] = id;
        return base.Answer(reply, saga);
    }
}

/// <summary>Calls the result's field by another name.</summary>
internal sealed class HasAnotherResult : TinyParticipant
{
    protected override JsonObject Effect(JsonObject saga) => new() { ["id"] = Guid.NewGuid().ToString() };
}

/// <summary>Does not say who it is.</summary>
internal sealed class LeavesOutItsUser : TinyParticipant
{
    protected override BasicProperties Properties(JsonObject reply)
    {
        var properties = base.Properties(reply);
        properties.ClearUserId();
        return properties;
    }
}

/// <summary>Knows one orchestrator.</summary>
internal sealed class KnowsOneOrchestrator : TinyParticipant
{
    protected override string ReplyTo(JsonObject saga) => "to.orchestrator";
}

/// <summary>Takes a field that it does not know for a mistake.</summary>
internal sealed class KnowsNoMoreFields : TinyParticipant
{
    protected override async Task<JsonObject> OnDo(Memory memory, JsonObject message, JsonObject saga, Delivered delivered) =>
        message.ContainsKey("certifyKnows") ? Rejected() : await base.OnDo(memory, message, saga, delivered);
}

/// <summary>Needs the properties.</summary>
internal sealed class NeedsProperties : TinyParticipant
{
    protected override async Task<JsonObject> OnDo(Memory memory, JsonObject message, JsonObject saga, Delivered delivered) =>
        delivered.MessageId is null ? Rejected() : await base.OnDo(memory, message, saga, delivered);
}

/// <summary>Calls what it does not know malformed.</summary>
internal sealed class CallsTheUnknownMalformed : TinyParticipant
{
    protected override string? Refusal(byte[] body) => base.Refusal(body) is null ? null : "malformed";
}

/// <summary>Drops what it cannot read.</summary>
internal sealed class SwallowsTheMalformed : TinyParticipant
{
    protected override Task MoveToDeadLetters(BasicProperties properties, byte[] body, string reason) =>
        reason == "malformed" ? Task.CompletedTask : base.MoveToDeadLetters(properties, body, reason);
}

/// <summary>Stops at what it cannot read.</summary>
internal sealed class StopsAtTheMalformed : TinyParticipant
{
    private readonly TaskCompletionSource end = new();

    protected override ushort Dispatched => 1;

    // A connection waits for its handlers when it is closed.
    public override ValueTask DisposeAsync()
    {
        end.SetResult();
        return base.DisposeAsync();
    }

    protected override Task MoveToDeadLetters(BasicProperties properties, byte[] body, string reason) =>
        reason == "malformed" ? end.Task : base.MoveToDeadLetters(properties, body, reason);
}

/// <summary>Writes a dead letter anew.</summary>
internal sealed class RewritesDeadLetters : TinyParticipant
{
    protected override Task MoveToDeadLetters(BasicProperties properties, byte[] body, string reason) =>
        base.MoveToDeadLetters(
            properties,
            reason == "malformed" ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body) + " ") : body,
            reason
        );
}

/// <summary>Does not say why.</summary>
internal sealed class GivesNoReason : TinyParticipant
{
    protected override Task MoveToDeadLetters(BasicProperties properties, byte[] body, string reason) =>
        reason == "malformed"
            ? Channel
                .BasicPublishAsync(
                    DeadLetters,
                    string.Empty,
                    mandatory: false,
                    new BasicProperties { MessageId = properties.MessageId, Headers = properties.Headers },
                    body
                )
                .AsTask()
            : base.MoveToDeadLetters(properties, body, reason);
}

/// <summary>Keeps a copy of what it has handled among its dead letters.</summary>
internal sealed class KeepsCopiesAmongDeadLetters : TinyParticipant
{
    protected override async Task Handle(JsonObject envelope, Delivered delivered)
    {
        await base.Handle(envelope, delivered);
        await MoveToDeadLetters(new BasicProperties(), Encoding.UTF8.GetBytes(envelope.ToJsonString()), "handler-failed");
    }
}
