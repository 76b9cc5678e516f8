using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Starting;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Control;

/// <summary>Starts sagas.</summary>
public sealed class SagaStarter
{
    private readonly RequestStarts starts;

    internal SagaStarter(RequestStarts starts) => this.starts = starts;

    /// <summary>
    /// Starts a saga. When it returns, the saga is durable. The same data under the same business key again changes nothing and gives the
    /// saga that there is, so a start whose outcome is not known is sent again.
    /// </summary>
    /// <param name="request">What <see cref="Plan.Read(ReadOnlySpan{byte}, Intake.IntakeLimits?)"/> made of the start's data, which it has
    /// checked.</param>
    /// <param name="cancellationToken">Ends the wait. A commit that is on its way goes on.</param>
    /// <exception cref="Messaging.Failures.ConcurrencyConflictException">Others started the same key each time; nothing was started by this
    /// call.</exception>
    public async Task<StartAnswer> Start(StartRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var started = await starts.Start(request, cancellationToken);
            var saga = new SagaSnapshot(started.Saga);
            return started.Outcome switch
            {
                StartOutcome.New => new StartAnswer.Started(saga),
                StartOutcome.Existing => new StartAnswer.Existing(saga),
                _ => new StartAnswer.Conflict(saga),
            };
        }
        catch (StartsStoppedException stopped)
        {
            return new StartAnswer.Stopped(stopped.Stop);
        }
    }
}

/// <summary>What became of a start.</summary>
public abstract record StartAnswer
{
    private StartAnswer() { }

    /// <summary>It was started by this call.</summary>
    /// <param name="Saga">The saga.</param>
    public sealed record Started(SagaSnapshot Saga) : StartAnswer;

    /// <summary>It was started before, with the same data.</summary>
    /// <param name="Saga">The saga as it is now.</param>
    public sealed record Existing(SagaSnapshot Saga) : StartAnswer;

    /// <summary>The business key is that of a saga with other data. Nothing was started.</summary>
    /// <param name="Saga">That saga.</param>
    public sealed record Conflict(SagaSnapshot Saga) : StartAnswer;

    /// <summary>An operator has stopped the starts of this type. Nothing was started.</summary>
    /// <param name="Stop">Who, when and why.</param>
    public sealed record Stopped(BreakerSetting Stop) : StartAnswer;
}
