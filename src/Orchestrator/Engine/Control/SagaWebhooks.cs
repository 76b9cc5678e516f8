using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Webhooks;

namespace SagaOrchestrator.Engine.Control;

/// <summary>
/// Those who are told of outcomes and alarms by a signed request. Each is told everything that happens from its registration on, in order,
/// at least once, by one node at a time.
/// </summary>
public sealed class SagaWebhooks
{
    private readonly IWebhooks? webhooks;
    private readonly WebhookOptions options;

    internal SagaWebhooks(IWebhooks? webhooks, WebhookOptions options) => (this.webhooks, this.options) = (webhooks, options);

    /// <summary>Whether there can be any; not in memory, where there is nothing to keep them in.</summary>
    public bool CanBeRegistered => webhooks is not null;

    /// <summary>How many there may be.</summary>
    public int Most => options.Most;

    /// <summary>What is wrong with a URL, and what would be right; null when nothing is.</summary>
    /// <param name="url">The URL.</param>
    public string? Objection(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return WebhookUrl.Objection(url, options);
    }

    /// <summary>Registers a webhook.</summary>
    /// <param name="settings">Who is told of what.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>It, with its secret; null when there are <see cref="Most"/> already.</returns>
    /// <exception cref="ArgumentException">Its URL cannot be used (<see cref="Objection"/>).</exception>
    /// <exception cref="InvalidOperationException">There can be none (<see cref="CanBeRegistered"/>), as for all that follows.</exception>
    public async Task<IssuedSecret?> Create(WebhookSettings settings, OperatorNote note, CancellationToken cancellationToken)
    {
        Check(settings);
        var secret = WebhookSecret.Make();
        return await Kept.Create(settings, secret, note, cancellationToken) is { } made
            ? new IssuedSecret(made, WebhookSecret.Written(secret))
            : null;
    }

    /// <summary>Changes who is told of what. What waits is tried at once; what happened before is told as it was to be.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="settings">All settings, those too that stay.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>It; null when there is none.</returns>
    /// <exception cref="ArgumentException">Its URL cannot be used.</exception>
    public Task<Webhook?> Change(Guid id, WebhookSettings settings, OperatorNote note, CancellationToken cancellationToken)
    {
        Check(settings);
        return Kept.Change(id, settings, note, cancellationToken);
    }

    /// <summary>Deletes a webhook, its secrets, and what was delivered or is to be.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there was one.</returns>
    public Task<bool> Delete(Guid id, OperatorNote note, CancellationToken cancellationToken) => Kept.Delete(id, note, cancellationToken);

    /// <summary>Makes a new secret. For a while each delivery has two signatures; then only the new one.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="overlap">How long the old one signs too. Zero ends it at once.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The webhook with its new secret; null when there is no such webhook.</returns>
    public async Task<IssuedSecret?> RotateSecret(Guid id, TimeSpan overlap, OperatorNote note, CancellationToken cancellationToken)
    {
        var secret = WebhookSecret.Make();
        return await Kept.Rotate(id, secret, overlap, note, cancellationToken) is { } webhook
            ? new IssuedSecret(webhook, WebhookSecret.Written(secret))
            : null;
    }

    /// <summary>A webhook; null when there is none.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Webhook?> Find(Guid id, CancellationToken cancellationToken) => Kept.Find(id, cancellationToken);

    /// <summary>All of them, the oldest first.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<Webhook>> List(CancellationToken cancellationToken) => Kept.List(cancellationToken);

    /// <summary>What a webhook is told, and what came of it, the newest first. The newest 10,000 are kept.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="state">Only in this state; null for all.</param>
    /// <param name="before">The number of the last of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<WebhookDelivery>> Deliveries(
        Guid id,
        DeliveryState? state,
        long? before,
        int limit,
        CancellationToken cancellationToken
    ) => Kept.Deliveries(id, state, before, limit, cancellationToken);

    /// <summary>One delivery; null when there is none.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="number">The delivery.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<WebhookDelivery?> Delivery(Guid id, long number, CancellationToken cancellationToken) =>
        Kept.Delivery(id, number, cancellationToken);

    /// <summary>
    /// Sends a delivery again, beside the others, which do not wait for it. One that still waits is tried at once, in its place.
    /// </summary>
    /// <param name="id">The webhook.</param>
    /// <param name="number">The delivery.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>It, as it waits; null when there is none.</returns>
    public Task<WebhookDelivery?> Redeliver(Guid id, long number, OperatorNote note, CancellationToken cancellationToken) =>
        Kept.Redeliver(id, number, note, cancellationToken);

    /// <summary>How many deliveries a filter finds; null when there is no such webhook.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="state">In which state.</param>
    /// <param name="filter">Which of them, whatever its limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<int?> Count(Guid id, DeliveryState state, DeliveryFilter filter, CancellationToken cancellationToken) =>
        Kept.Count(id, state, filter, cancellationToken);

    /// <summary>
    /// Sends deliveries again that were given up, the oldest first, beside the others. While the receiver takes none, one is tried at a
    /// time.
    /// </summary>
    /// <param name="id">The webhook.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many; null when there is no such webhook.</returns>
    public Task<ChangedDeliveries?> RedeliverMany(Guid id, DeliveryFilter filter, OperatorNote note, CancellationToken cancellationToken) =>
        Kept.RedeliverMany(id, filter, note, cancellationToken);

    /// <summary>Gives deliveries up that wait. They are kept, and can be redelivered.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many; null when there is no such webhook.</returns>
    public Task<ChangedDeliveries?> GiveUpMany(Guid id, DeliveryFilter filter, OperatorNote note, CancellationToken cancellationToken) =>
        Kept.GiveUpMany(id, filter, note, cancellationToken);

    /// <summary>Sends a ping, once, also to a webhook that is switched off.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its delivery, as it waits; null when there is no such webhook.</returns>
    public Task<WebhookDelivery?> Test(Guid id, OperatorNote note, CancellationToken cancellationToken) =>
        Kept.Ping(id, note, cancellationToken);

    private IWebhooks Kept =>
        webhooks ?? throw new InvalidOperationException("This orchestrator is in memory, where webhooks are not kept. Run it on Postgres.");

    private void Check(WebhookSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (WebhookUrl.Objection(settings.Url, options) is { } objection)
        {
            throw new ArgumentException(objection, nameof(settings));
        }
    }
}
