using SagaOrchestrator.Engine.Operating;

namespace SagaOrchestrator.Engine.Webhooks;

/// <summary>Where webhooks are kept. A change and its line in the operators' log are one transaction.</summary>
internal interface IWebhooks
{
    /// <summary>Null when there are too many.</summary>
    Task<Webhook?> Create(WebhookSettings settings, byte[] secret, OperatorNote note, CancellationToken cancellationToken);

    /// <summary>Null when there is no such webhook.</summary>
    Task<Webhook?> Change(Guid id, WebhookSettings settings, OperatorNote note, CancellationToken cancellationToken);

    /// <summary>Whether there was one.</summary>
    Task<bool> Delete(Guid id, OperatorNote note, CancellationToken cancellationToken);

    /// <summary>Null when there is no such webhook.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="secret">What signs from now on.</param>
    /// <param name="overlap">How long what signed before does too.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Webhook?> Rotate(Guid id, byte[] secret, TimeSpan overlap, OperatorNote note, CancellationToken cancellationToken);

    Task<Webhook?> Find(Guid id, CancellationToken cancellationToken);

    /// <summary>All of them, the oldest first.</summary>
    Task<IReadOnlyList<Webhook>> List(CancellationToken cancellationToken);

    /// <summary>Deliveries, the newest first.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="state">Only in this state; null for all.</param>
    /// <param name="before">Only with a lower number; null for the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<WebhookDelivery>> Deliveries(
        Guid id,
        DeliveryState? state,
        long? before,
        int limit,
        CancellationToken cancellationToken
    );

    Task<WebhookDelivery?> Delivery(Guid id, long number, CancellationToken cancellationToken);

    /// <summary>Null when there is no such delivery.</summary>
    Task<WebhookDelivery?> Redeliver(Guid id, long number, OperatorNote note, CancellationToken cancellationToken);

    /// <summary>How many deliveries in a state a filter finds; null when there is no such webhook.</summary>
    Task<int?> Count(Guid id, DeliveryState state, DeliveryFilter filter, CancellationToken cancellationToken);

    /// <summary>Redelivers what was given up; null when there is no such webhook.</summary>
    Task<ChangedDeliveries?> RedeliverMany(Guid id, DeliveryFilter filter, OperatorNote note, CancellationToken cancellationToken);

    /// <summary>Gives up what waits; null when there is no such webhook.</summary>
    Task<ChangedDeliveries?> GiveUpMany(Guid id, DeliveryFilter filter, OperatorNote note, CancellationToken cancellationToken);

    /// <summary>Null when there is no such webhook.</summary>
    Task<WebhookDelivery?> Ping(Guid id, OperatorNote note, CancellationToken cancellationToken);
}
