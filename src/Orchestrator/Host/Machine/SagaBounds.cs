using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Host.Machine;

/// <summary>Bounds what one saga accumulates: every message of it writes its documents anew, and whoever reads it reads them (rule S40).</summary>
internal static class SagaBounds
{
    /// <summary>The code of a refusal.</summary>
    public const string Code = "limit-exceeded";

    // What these say changes nothing about the saga; they can come for ever.
    private static readonly string[] Repeated =
    [
        HistoryTypes.ReplyIgnored, HistoryTypes.SignalIgnored, HistoryTypes.StepProgressed, HistoryTypes.LateSuccess, HistoryTypes.ResultRefused,
    ];

    /// <summary>Why what was decided would be too much to keep; null when it is not.</summary>
    public static Refusal? Objection(SagaInstance saga, Decided decided, Dictionary<string, JsonElement> results, IntakeLimits limits)
    {
        if (!ReferenceEquals(results, saga.Results) && ResultIntake.Objection(results, saga.Results, limits) is { } tooLarge)
        {
            return tooLarge;
        }

        if (!decided.Decisions.Any(decision => decision is KeepSignal))
        {
            return null;
        }

        var kept = decided.Progress.Signals.Count(signal => signal.Step is null);
        return kept <= limits.KeptSignals ? null : new Refusal(
            string.Empty,
            string.Create(CultureInfo.InvariantCulture, $"at most {limits.KeptSignals} signals kept for steps that have not begun (Limits:KeptSignals)"),
            "one more");
    }

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
            saga.NewHistory.Add(new HistoryEntry(HistoryTypes.HistoryFull, Reason: string.Create(
                CultureInfo.InvariantCulture, $"The history has {limits.HistoryEntries} entries (Limits:HistoryEntries). What changes nothing is not recorded any more.")));
        }
    }
}
