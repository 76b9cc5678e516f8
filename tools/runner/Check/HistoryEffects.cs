using System.Text.Json;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Runner.Check;

/// <summary>
/// What was done and undone, by the answers of the participants that the history holds: the contract, whoever wrote the participant.
/// </summary>
internal static class HistoryEffects
{
    private static readonly HashSet<string> Done =
    [
        HistoryTypes.StepCompleted,
        HistoryTypes.LateSuccess,
        HistoryTypes.OperatorResolvedAsDone,
    ];
    private static readonly HashSet<string> Undone = [HistoryTypes.CompensationCompleted];

    /// <summary>The effects of all sagas.</summary>
    /// <param name="turns">In the order of what happened.</param>
    /// <param name="unreadable">Takes the sagas whose history cannot be read.</param>
    public static IReadOnlyList<EffectFact> Of(IEnumerable<StoredTurn> turns, IDictionary<Guid, string> unreadable)
    {
        var effects = new Dictionary<(Guid, string), EffectFact>();
        long position = 0;
        foreach (var turn in turns)
        {
            try
            {
                using var entries = JsonDocument.Parse(turn.Entries);
                foreach (var entry in entries.RootElement.EnumerateArray())
                {
                    position++;
                    Take(effects, turn.SagaId, position, entry);
                }
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                unreadable.TryAdd(turn.SagaId, $"saga {turn.SagaId}: its history cannot be read: {exception.GetType().Name}");
            }
        }

        return [.. effects.Values.Where(effect => effect.Done is not null)];
    }

    private static void Take(Dictionary<(Guid, string), EffectFact> effects, Guid saga, long position, JsonElement entry)
    {
        var type = entry.GetProperty("type").GetString()!;
        if (
            !entry.TryGetProperty("step", out var name)
            || name.GetString() is not { } step
            || !(Done.Contains(type) || Undone.Contains(type))
        )
        {
            return;
        }

        var effect = effects.GetValueOrDefault((saga, step)) ?? new EffectFact(saga, step, null, null);
        var isUndoing =
            Undone.Contains(type)
            || (
                entry.TryGetProperty("direction", out var direction)
                && string.Equals(direction.GetString(), "undo", StringComparison.OrdinalIgnoreCase)
            );
        effects[(saga, step)] = isUndoing
            ? effect with
            {
                Undone = effect.Undone ?? position,
            }
            : effect with
            {
                Done = effect.Done ?? position,
            };
    }
}

/// <summary>What one message changed, as it is stored.</summary>
internal sealed record StoredTurn(Guid SagaId, long Position, string Entries);
