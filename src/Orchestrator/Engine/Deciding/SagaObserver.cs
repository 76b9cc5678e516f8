using System.Collections.Immutable;
using System.Diagnostics;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Telemetry;

namespace SagaOrchestrator.Engine.Deciding;

/// <summary>Says what happened to a saga, once it is committed: as metrics, log lines and tags on the current span.</summary>
internal sealed class SagaObserver(SagaMetrics metrics, ILogger<SagaObserver> log)
{
    public void Started(SagaInstance saga)
    {
        using var scope = log.IsEnabled(LogLevel.Information) ? Scope(saga, step: null) : null;
        metrics.Started(saga.Type);
        SagaLog.Started(log, saga.Type, saga.BusinessKey);
    }

    public void Moved(SagaInstance saga, ImmutableArray<Decision> decisions, StepAnswer? answer)
    {
        Activity.Current?.SetTag("saga.id", saga.CorrelationId).SetTag("saga.type", saga.Type).SetTag("saga.state", saga.CurrentState);
        if (answer is { } answered)
        {
            metrics.Answered(saga.Type, answered);
        }

        foreach (var command in decisions.OfType<SendCommand>().Where(command => command.Attempt > 1))
        {
            metrics.Retried(saga.Type, command.Step, command.Participant, StepAnswer.WordOf(command.Direction));
        }

        foreach (var record in decisions.OfType<Record>())
        {
            using var scope = log.IsEnabled(Level(record.Entry.Type)) ? Scope(saga, record.Entry.Step) : null;
            Observe(saga, record.Entry);
        }
    }

    // Most of what happens is logged at a level that nobody listens to.
    private static LogLevel Level(string type) =>
        type switch
        {
            HistoryTypes.StepRejected
            or HistoryTypes.StepFaulted
            or HistoryTypes.StepTimedOut
            or HistoryTypes.CompensationFailed
            or HistoryTypes.CompensationTimedOut
            or HistoryTypes.SagaParked => LogLevel.Warning,
            HistoryTypes.CompensationCompleted
            or HistoryTypes.LateSuccess
            or HistoryTypes.ReplyIgnored
            or HistoryTypes.SagaCompleted
            or HistoryTypes.SagaFailed => LogLevel.Information,
            _ => LogLevel.Debug,
        };

    private static IDisposable? Scope(ILogger log, SagaInstance saga, string? step) =>
        log.BeginScope(
            new KeyValuePair<string, object?>[] { new("SagaId", saga.CorrelationId), new("SagaType", saga.Type), new("Step", step) }
        );

    private IDisposable? Scope(SagaInstance saga, string? step) => Scope(log, saga, step);

    private void Observe(SagaInstance saga, HistoryEntry entry)
    {
        switch (entry.Type)
        {
            case HistoryTypes.StepCompleted:
                Step(saga, entry, "completed");
                break;
            case HistoryTypes.StepRejected:
                Step(saga, entry, "rejected");
                break;
            case HistoryTypes.StepFaulted:
                Step(saga, entry, "faulted");
                break;
            case HistoryTypes.StepTimedOut:
                Step(saga, entry, "timed_out");
                break;
            case HistoryTypes.CompensationCompleted:
                metrics.Compensated(saga.Type, entry.Step!);
                SagaLog.Compensated(log, entry.Step!);
                break;
            case HistoryTypes.CompensationFailed or HistoryTypes.CompensationTimedOut:
                SagaLog.CompensationStuck(log, entry.Step!, entry.Attempt ?? 0, entry.Code, entry.Reason);
                break;
            case HistoryTypes.LateSuccess or HistoryTypes.ReplyIgnored:
                SagaLog.Ignored(log, entry.Type, entry.Step!, entry.Reason);
                break;
            case HistoryTypes.SagaParked:
                metrics.Parked(saga.Type);
                SagaLog.Parked(
                    log,
                    entry.Step!,
                    entry.Direction == Decisions.Direction.Undo ? "undone" : "completed",
                    entry.Attempt ?? 0,
                    entry.Reason
                );
                break;
            case HistoryTypes.SagaCompleted or HistoryTypes.SagaFailed:
                metrics.Ended(saga.Type, saga.CurrentState, saga.EndedAt!.Value - saga.StartedAt);
                SagaLog.Ended(log, saga.Type, saga.BusinessKey, saga.CurrentState, saga.Progress.ForwardFailure?.Code ?? "-");
                break;
            default:
                SagaLog.Moved(log, entry.Type, entry.Step);
                break;
        }
    }

    private void Step(SagaInstance saga, HistoryEntry entry, string outcome)
    {
        metrics.Step(saga.Type, entry.Step!, outcome);
        if (outcome == "completed")
        {
            SagaLog.StepCompleted(log, entry.Step!);
        }
        else
        {
            SagaLog.StepDidNotComplete(log, entry.Step!, outcome, entry.Code, entry.Reason);
        }
    }
}
