using System.Text.Json;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Plans.Running;

/// <summary>What steps answered and signals brought, by step; a signal that came early is kept under its id.</summary>
public static class SagaResults
{
    /// <summary>Whether a decision is about results.</summary>
    public static bool Is(Decision decision) => decision is KeepResult or KeepSignal or TakeSignal;

    /// <summary>Under what a signal is kept that came early.</summary>
    public static string KeyOf(Guid signalId) => $"signal/{signalId}";

    /// <summary>The results that there are once decisions are carried out. Those that there are now stay as they are.</summary>
    internal static IReadOnlyDictionary<string, JsonElement> After(
        IReadOnlyDictionary<string, JsonElement> before,
        IReadOnlyList<Decision> decided,
        SagaInput input,
        JsonElement? data
    )
    {
        Dictionary<string, JsonElement>? results = null;
        foreach (var decision in decided)
        {
            if (Is(decision))
            {
                results ??= new Dictionary<string, JsonElement>(before, StringComparer.Ordinal);
                Carry(results, decision, input, data);
            }
        }

        return results ?? before;
    }

    private static void Carry(Dictionary<string, JsonElement> results, Decision decision, SagaInput input, JsonElement? data)
    {
        switch (decision)
        {
            case KeepResult keep:
                Keep(results, keep.Step, data, overwrite: input is ResolveAsDone);
                break;
            case KeepSignal keep:
                Keep(results, KeyOf(keep.SignalId), data);
                break;
            case TakeSignal take when results.Remove(KeyOf(take.SignalId), out var kept):
                results[take.Step] = kept;
                break;
            case TakeSignal take:
                // A signal that was kept without data has none to take; what came with this input is not its.
                Keep(
                    results,
                    take.Step,
                    input is SignalReceived received && received.SignalId == take.SignalId ? data : null,
                    overwrite: true
                );
                break;
        }
    }

    internal static bool HasValue(JsonElement? data) => data is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) };

    private static void Keep(Dictionary<string, JsonElement> results, string key, JsonElement? data, bool overwrite = false)
    {
        if (HasValue(data) && (overwrite || !results.ContainsKey(key)))
        {
            results[key] = data!.Value.Clone();
        }
    }
}
