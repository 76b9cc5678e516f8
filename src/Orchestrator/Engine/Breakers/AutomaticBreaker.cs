using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Engine.Breakers;

/// <summary>
/// Tells an outage from slow answers, by what is seen every second or so: a queue that nobody reads, or sagas that wait in vain although
/// somebody does.
/// It closes again through a few probes.
/// </summary>
internal sealed class AutomaticBreaker(BreakerOptions options)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private DateTimeOffset? unreadSince;
    private bool hasLooked;
    private bool sawBacklog;
    private DateTimeOffset until;
    private TimeSpan wait;
    private long answersBefore;

    public BreakerState State { get; private set; }

    public DateTimeOffset? Since { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>Whether it is away although it reads its queue.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>Looks once more.</summary>
    /// <param name="now">The time.</param>
    /// <param name="counts">What the broker says of the queue; null when it says nothing, which says nothing of the participant.</param>
    /// <param name="answers">How many answers have come in all.</param>
    /// <param name="silent">How many sagas have waited in vain since the last one.</param>
    /// <returns>Whether the state, or its reason, is another one now.</returns>
    public bool Look(DateTimeOffset now, QueueCounts? counts, long answers, int silent)
    {
        if (counts is not { } queue)
        {
            unreadSince = null;
            return false;
        }

        // A node that was started in the middle of an outage has no patience with it.
        var patience = hasLooked ? TimeSpan.Zero : options.Patience;
        hasLooked = true;
        unreadSince = queue.Consumers > 0 ? null : unreadSince ?? now - patience;
        if (unreadSince is { } since && now - since >= options.Patience)
        {
            return Unread(since, queue, answers);
        }

        return State switch
        {
            BreakerState.Closed when silent >= options.SilentSagas => Silent(now, answers, options.ProbeAfter),
            BreakerState.Open when (IsSilent ? now >= until || answers > answersBefore : queue.Consumers > 0) => TryOut(now, answers),
            BreakerState.HalfOpen when answers - answersBefore >= options.AnswersToClose => Close(now),
            // One answer says that it answers; with little to do there may be no more of them.
            BreakerState.HalfOpen when now >= until => answers > answersBefore ? Close(now) : InVain(now, queue, answers),
            _ => false,
        };
    }

    private bool Unread(DateTimeOffset since, QueueCounts queue, long answers)
    {
        IsSilent = false;
        answersBefore = answers;
        sawBacklog |= queue.Messages > 0;
        return Become(BreakerState.Open, since, queue.Exists ? "Its queue has no consumer." : "Its queue does not exist.");
    }

    private bool Silent(DateTimeOffset now, long answers, TimeSpan next)
    {
        (IsSilent, answersBefore, wait, until) = (true, answers, next, now + next);
        return Become(
            BreakerState.Open,
            State == BreakerState.Closed ? now : Since!.Value,
            "It reads its queue, and no saga gets an answer."
        );
    }

    // Since when it is away stays as it was.
    private bool TryOut(DateTimeOffset now, long answers)
    {
        if (!IsSilent && !sawBacklog)
        {
            // Nothing was asked of it meanwhile, as when a system is started.
            return Close(now);
        }

        until = now + options.ProbeFor;
        answersBefore = IsSilent ? answersBefore : answers;
        return Become(
            BreakerState.HalfOpen,
            Since!.Value,
            IsSilent ? Reason! : "Its queue has a consumer again. A few steps try whether it answers."
        );
    }

    private bool InVain(DateTimeOffset now, QueueCounts queue, long answers)
    {
        if (!IsSilent && queue.Messages == 0)
        {
            // Nothing waits that it could have answered.
            return Close(now);
        }

        if (IsSilent && queue is { Consumers: > 0, Messages: 0 } && now - Since >= options.LongestSilence)
        {
            // It takes what it is sent and is silent about it: then these sagas are the ones without an answer, and their plans say what
            // follows.
            return Close(now);
        }

        var doubled = IsSilent ? wait * 2 : options.ProbeAfter;
        return Silent(now, answers, doubled < LongestWait ? doubled : LongestWait);
    }

    private bool Close(DateTimeOffset now)
    {
        (IsSilent, sawBacklog) = (false, false);
        return Become(BreakerState.Closed, now, reason: null);
    }

    private bool Become(BreakerState state, DateTimeOffset since, string? reason)
    {
        var isNew = (State, Reason) != (state, reason);
        (State, Reason) = (state, reason);
        Since = isNew || state == BreakerState.Closed ? since : Since;
        return isNew;
    }
}
