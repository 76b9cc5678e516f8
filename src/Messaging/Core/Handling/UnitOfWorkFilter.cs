using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.Capture;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Consuming;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Messaging.Waiting;

namespace SagaOrchestrator.Messaging.Handling;

/// <summary>
/// One unit of work per attempt: run the handler, commit, send. What passes is tried again on a fresh unit and a fresh load. What fails
/// after the commit does not: the handler has done its work. What only another node can do is requeued for it at once.
/// </summary>
internal sealed class UnitOfWorkFilter<T>(
    ServiceOutbox outbox,
    Requeues requeues,
    WaitingPlaces places,
    Waits waits,
    CancellationToken stopping
) : IFilter<ConsumeContext<T>>
    where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var inbox = new InboxEntry(
            context.MessageId
                ?? throw new RefusedMessageException(
                    "malformed",
                    "The message has no messageId, so a duplicate could not be recognised. Set messageId in the envelope."
                ),
            typeof(T).Name,
            ContentHash.Of(context)
        );
        RetryBudget? budget = null;
        var isFirst = !context.ReceiveContext.Redelivered;
        while (true)
        {
            try
            {
                await AttemptOrRequeue(context, next, inbox, isFirst, budget?.Conflicts ?? 0);
                return;
            }
            catch (Exception exception)
                when (!context.CancellationToken.IsCancellationRequested
                    && (budget ??= RetryBudget.Of(context.ReceiveContext)).Next(exception) is { } wait
                )
            {
                MessagingLog.TryingAgain(outbox.Log, exception, inbox.MessageType, inbox.MessageId, wait.Here);
                isFirst = false;
                if (await WaitsElsewhere(context, inbox, wait))
                {
                    return;
                }
            }
        }
    }

    // True when the message waits in the database and this delivery is over; otherwise it has waited here.
    private async Task<bool> WaitsElsewhere(ConsumeContext<T> context, InboxEntry inbox, RetryWait wait)
    {
        var hasPlace = wait.Elsewhere is not null && places.TryTake();
        try
        {
            if (
                !hasPlace
                && !stopping.IsCancellationRequested
                && wait.Elsewhere is { } elsewhere
                && await waits.TryLeave(context.ReceiveContext, inbox.MessageId, elsewhere.Reason, elsewhere.Duration, elsewhere.Count)
            )
            {
                await context.NotifyConsumed(TimeSpan.Zero, "waits");
                return true;
            }

            await Wait(wait.Here, context.CancellationToken);
            return false;
        }
        finally
        {
            if (hasPlace)
            {
                places.Leave();
            }
        }
    }

    // A service that shuts down does not wait for what may pass: the delivery is requeued with the channel, and another node gets it.
    private async Task Wait(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        await Task.Delay(wait, either.Token);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unitOfWork");

    private async Task AttemptOrRequeue(
        ConsumeContext<T> context,
        IPipe<ConsumeContext<T>> next,
        InboxEntry inbox,
        bool isFirst,
        int conflicts
    )
    {
        try
        {
            await Attempt(context, next, inbox, isFirst, conflicts);
        }
        catch (Exception exception) when (Requeues.Of(exception) is { } notHere)
        {
            await requeues.Requeue(context.ReceiveContext, inbox.MessageId, notHere);
            await context.NotifyConsumed(TimeSpan.Zero, "another node");
        }
    }

    private Task Attempt(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next, InboxEntry inbox, bool isFirst, int conflicts) =>
        isFirst && outbox.Groups is { } groups && HeldDelivery.Of(context.ReceiveContext) is { } delivery
            ? HandleAndHold(context, next, inbox, groups, delivery)
            : HandleAndCommit(context, next, inbox, isFirst, conflicts);

    // Nothing in the pipe waits for the commit: a message that waits keeps some twenty calls alive, which costs more than all that it does.
    // The delivery is acknowledged once the unit is committed. When that fails, it is requeued and comes again as one that waits.
    private async Task HandleAndHold(
        ConsumeContext<T> context,
        IPipe<ConsumeContext<T>> next,
        InboxEntry inbox,
        IGroupCommitter groups,
        HeldDelivery delivery
    )
    {
        var unit = new UnitOfWork(inbox) { IsFirstDelivery = true };
        try
        {
            await next.Send(new UnitOfWorkConsumeContext<T>(context, unit));
            var committing = await groups.Begin(unit, context.CancellationToken);
            _ = ConsumerSpan.Of(context.ReceiveContext)?.EndWith(committing);
            delivery.Until(Settle(unit, committing));
        }
        catch (Exception exception)
        {
            unit.Dispose();
            if (Transient.Is(exception) || await WasHandled(inbox, context.CancellationToken) is not { } known)
            {
                throw;
            }

            await Duplicate(context, inbox, known);
        }
    }

    private async Task Settle(UnitOfWork unit, Task<CommitResult> committing)
    {
        using (unit)
        {
            if (await committing is not CommitResult.Committed and var known)
            {
                // A message with a reused id is requeued, and comes again as one that waits, to be moved.
                Note(unit.Inbox!, known);
                return;
            }
        }

        await outbox.Sent(unit);
    }

    private async Task HandleAndCommit(
        ConsumeContext<T> context,
        IPipe<ConsumeContext<T>> next,
        InboxEntry inbox,
        bool isFirst,
        int conflicts
    )
    {
        using var unit = new UnitOfWork(inbox) { IsFirstDelivery = isFirst, Conflicts = conflicts };
        var result = await Handle(context, next, unit);
        if (result != CommitResult.Committed)
        {
            await Duplicate(context, inbox, result);
            return;
        }

        // The next message of the same saga need not wait for what is sent.
        unit.Dispose();
        await outbox.Sent(unit);
    }

    private async Task<CommitResult> Handle(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next, UnitOfWork unit)
    {
        try
        {
            await next.Send(new UnitOfWorkConsumeContext<T>(context, unit));
            return await outbox.Committer.Commit(unit, context.CancellationToken);
        }
        catch (Exception exception) when (!Transient.Is(exception))
        {
            // A late duplicate may meet a state that has moved on and fail on it, before the commit would have told.
            if (await WasHandled(unit.Inbox!, context.CancellationToken) is { } known)
            {
                return known;
            }

            throw;
        }
    }

    private Task Duplicate(ConsumeContext<T> context, InboxEntry inbox, CommitResult known)
    {
        Note(inbox, known);
        return context.NotifyConsumed(TimeSpan.Zero, "inbox");
    }

    private void Note(InboxEntry inbox, CommitResult known)
    {
        if (known == CommitResult.ReusedId)
        {
            throw new RefusedMessageException(
                DeadLetterReason.ReusedId,
                $"Another message was handled under the id {inbox.MessageId}, so this one was not. Have its sender give each message an "
                    + $"id of its own, and send it anew.",
                new Refusal("messageId", "an id that no other message has", "the id of a message that was handled")
            );
        }

        MessagingLog.Duplicate(outbox.Log, inbox.MessageType, inbox.MessageId);
    }

    private async Task<CommitResult?> WasHandled(InboxEntry inbox, CancellationToken cancellationToken)
    {
        try
        {
            return await outbox.Committer.Recall(inbox, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The first exception is the one to act on.
            return null;
        }
    }
}

/// <summary>Puts the filter before every saga and consumer of an endpoint.</summary>
internal sealed class UnitOfWorkObserver : ConfigurationObserver, IMessageConfigurationObserver
{
    private readonly ServiceOutbox outbox;
    private readonly Requeues requeues;
    private readonly WaitingPlaces places;
    private readonly Waits waits;
    private readonly CancellationToken stopping;

    public UnitOfWorkObserver(
        IConsumePipeConfigurator configurator,
        ServiceOutbox outbox,
        Requeues requeues,
        WaitingPlaces places,
        Waits waits,
        CancellationToken stopping
    )
        : base(configurator)
    {
        (this.outbox, this.requeues, this.places, this.waits, this.stopping) = (outbox, requeues, places, waits, stopping);
        Connect(this);
    }

    public void MessageConfigured<TMessage>(IConsumePipeConfigurator configurator)
        where TMessage : class => configurator.UseFilter(new UnitOfWorkFilter<TMessage>(outbox, requeues, places, waits, stopping));
}
