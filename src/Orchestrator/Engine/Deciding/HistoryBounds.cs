using System.Globalization;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Engine.Deciding;

/// <summary>Bounds the history of a saga (rule S40).</summary>
internal static class HistoryBounds
{
    // What these say changes nothing about the saga; they can come for ever.
    private static readonly string[] Repeated =
    [
        HistoryTypes.ReplyIgnored,
        HistoryTypes.SignalIgnored,
        HistoryTypes.StepProgressed,
        HistoryTypes.LateSuccess,
        HistoryTypes.ResultRefused,
    ];

    /// <summary>Appends an entry to the history; from the limit on only those without which the saga could not be understood.</summary>
    public static void Record(SagaInstance saga, HistoryEntry entry, IntakeLimits limits)
    {
        var entries = saga.HistoryVersion + saga.NewHistory.Count;
        if (entries < limits.HistoryEntries || !Repeated.Contains(entry.Type))
        {
            saga.NewHistory.Add(entry);
        }
        else if (saga.HistoryVersion <= limits.HistoryEntries && !saga.NewHistory.Exists(one => one.Type == HistoryTypes.HistoryFull))
        {
            saga.NewHistory.Add(
                new HistoryEntry(
                    HistoryTypes.HistoryFull,
                    Reason: string.Create(
                        CultureInfo.InvariantCulture,
                        $"The history has {limits.HistoryEntries} entries (Limits:HistoryEntries). What changes nothing is not recorded "
                            + $"any more."
                    )
                )
            );
        }
    }
}
