using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Explanations.Facts;

namespace SagaOrchestrator.Explanations.Explaining;

/// <summary>What the history says of times. Everything is null when it was not read.</summary>
internal sealed class Past(IReadOnlyList<PastEvent> history)
{
    private static readonly string[] Starts = [HistoryTypes.StepStarted, HistoryTypes.SignalAwaited];

    private static readonly string[] Ends =
    [
        HistoryTypes.StepCompleted,
        HistoryTypes.StepRejected,
        HistoryTypes.StepNotDone,
        HistoryTypes.SignalReceived,
        HistoryTypes.SignalTimedOut,
        HistoryTypes.StepSkipped,
        HistoryTypes.OperatorResolvedAsDone,
        HistoryTypes.StepTimedOut,
        HistoryTypes.StepFaulted,
    ];

    private static readonly string[] Undone =
    [
        HistoryTypes.CompensationCompleted,
        HistoryTypes.OperatorResolvedAsDone,
        HistoryTypes.OperatorResolvedAsNotDone,
        HistoryTypes.OperatorSkipped,
    ];

    private static readonly string[] Sent =
    [
        HistoryTypes.StepStarted,
        HistoryTypes.StepRetried,
        HistoryTypes.CompensationStarted,
        HistoryTypes.CompensationRetried,
    ];

    public IReadOnlyList<PastEvent> Events => history;

    public DateTimeOffset? StartOf(string step) => First(step, Starts);

    public DateTimeOffset? EndOf(string step) => Last(step, Direction.Do, Ends);

    public DateTimeOffset? UndoStartOf(string step) => First(step, [HistoryTypes.CompensationStarted, HistoryTypes.CompensationQueued]);

    public DateTimeOffset? UndoneOf(string step) => Last(step, Direction.Undo, Undone);

    /// <summary>When the command that is waited for was sent last.</summary>
    public DateTimeOffset? SentAt(string step, Direction direction) => Last(step, direction, Sent);

    public DateTimeOffset? Last(string step, Direction? direction, params string[] types) =>
        history
            .LastOrDefault(past =>
                past.Entry.Step == step && (direction is null || past.Entry.Direction == direction) && types.Contains(past.Entry.Type)
            )
            ?.At;

    private DateTimeOffset? First(string step, string[] types) =>
        history.FirstOrDefault(past => past.Entry.Step == step && types.Contains(past.Entry.Type))?.At;
}
