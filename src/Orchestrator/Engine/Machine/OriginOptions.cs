using MassTransit;
using SagaOrchestrator.Messaging.RabbitMq.Senders;

namespace SagaOrchestrator.Engine.Machine;

/// <summary>Whose replies count (rule S37). Bound from the configuration section <c>Origin</c>.</summary>
public sealed record OriginOptions
{
    /// <summary>
    /// Whether a reply must carry a user id that the broker has validated. Without, the command's id alone proves its sender.
    /// </summary>
    public bool Required { get; init; } = true;

    /// <summary>Broker users who may send in another's name.</summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];

    /// <summary>The sender to be compared with the participant that was asked; null when it need not be.</summary>
    internal string? Of(ConsumeContext context, MessageSenders? senders) =>
        senders?.Of(context.ReceiveContext) switch
        {
            null => Required && senders is not null ? "nobody (the message has no user id)" : null,
            var user => Trusted.Contains(user) ? null : user,
        };
}
