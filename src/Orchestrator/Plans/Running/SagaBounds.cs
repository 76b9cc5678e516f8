using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Plans.Running;

/// <summary>
/// Bounds what one saga accumulates: every message of it writes its documents anew, and whoever reads it reads them (rule S40).
/// </summary>
internal static class SagaBounds
{
    /// <summary>The code of a refusal.</summary>
    public const string Code = "limit-exceeded";

    /// <summary>Why what was decided would be too much to keep; null when it is not.</summary>
    public static Refusal? Objection(SagaView saga, Decided decided, IReadOnlyDictionary<string, JsonElement> results, IntakeLimits limits)
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
        return kept <= limits.KeptSignals
            ? null
            : new Refusal(
                string.Empty,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"at most {limits.KeptSignals} signals kept for steps that have not begun (Limits:KeptSignals)"
                ),
                "one more"
            );
    }
}
