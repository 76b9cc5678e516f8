using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Consuming;

namespace SagaOrchestrator.Messaging.RabbitMq.Senders;

/// <summary>
/// Who sent a message (rule S37). RabbitMQ refuses a message with another user's id. A copy that this service made names its first sender
/// in a header, which counts from the service's own user, or with a proof.
/// </summary>
/// <param name="own">The service's own user; empty when it has none.</param>
/// <param name="proofs">What proves a name on a copy that has gone through other hands.</param>
public sealed class MessageSenders(string own, SenderProofs proofs)
{
    /// <summary>The broker user who sent it; null when nobody knows, or on a transport without users.</summary>
    public string? Of(ReceiveContext delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return delivery.TryGetPayload(out RabbitMqBasicConsumeContext? message) ? Of(message.Properties, delivery.GetBody()) : null;
    }

    internal string? Of(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        if (properties.UserId is { Length: > 0 } user && user != own)
        {
            return user;
        }

        var named = HeaderText.Of(properties.Headers, SagaHeaders.SentBy);
        if (named is null or SagaHeaders.SentByNobody)
        {
            return null;
        }

        var isOurs = properties.UserId is { Length: > 0 };
        return
            isOurs
            || (
                HeaderText.Of(properties.Headers, SagaHeaders.SentByProof) is { } proof
                && proofs.Holds(named, BesideBody.TypeOf(properties), body.Span, proof)
            )
            ? named
            : null;
    }

    /// <summary>The headers by which a copy is known to be of that sender.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Named(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        var sender = Of(properties, body);
        yield return new(SagaHeaders.SentBy, sender ?? SagaHeaders.SentByNobody);
        if (sender is not null && proofs.Of(sender, BesideBody.TypeOf(properties), body.Span) is { } proof)
        {
            yield return new(SagaHeaders.SentByProof, proof);
        }
    }
}
