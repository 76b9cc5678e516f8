using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Consuming;

namespace SagaOrchestrator.Engine.Machine;

/// <summary>Whose replies count (rule S37). Bound from the configuration section <c>Origin</c>.</summary>
public sealed record OriginOptions
{
    /// <summary>Whether a reply must carry a user id that the broker has validated. Switch it on when every participant sets one.</summary>
    public bool Required { get; init; }

    /// <summary>Broker users who may send in another's name: operators who move dead letters back.</summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];

    /// <summary>This service's own user, which puts back what a node cannot handle.</summary>
    public string Own { get; init; } = string.Empty;

    /// <summary>The sender to be compared with the participant that was asked; null when it need not be.</summary>
    internal string? Of(ConsumeContext context) =>
        SenderOf(context) switch
        {
            null or "" => Required && context.ReceiveContext.InputAddress.Scheme != "loopback"
                ? "nobody (the message has no user id)"
                : null,
            var user => Trusted.Contains(user) ? null : user,
        };

    private string? SenderOf(ConsumeContext context)
    {
        var user = MessageOrigin.Of(context.ReceiveContext);
        if (user is not { Length: > 0 } || user != Own)
        {
            return user;
        }

        var sender = context.ReceiveContext.TransportHeaders.Get<string>(SagaHeaders.SentBy);
        return sender == SagaHeaders.SentByNobody ? null : sender;
    }
}
