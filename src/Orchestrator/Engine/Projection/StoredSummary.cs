using System.Collections.Immutable;
using System.Text.Json;
using SagaOrchestrator.Engine.Search;

namespace SagaOrchestrator.Engine.Projection;

/// <summary>As much of a stored summary as the next one needs to know.</summary>
internal sealed record StoredSummary(SagaSummary Summary, CountedHistory Counted);

/// <summary>Up to where the answers in a saga's history are counted.</summary>
/// <param name="To">The last entry that is read.</param>
/// <param name="Unanswered">When each command was sent that has no answer up to there.</param>
internal sealed record CountedHistory(int To, ImmutableDictionary<string, DateTimeOffset> Unanswered)
{
    public static CountedHistory None { get; } = new(0, ImmutableDictionary<string, DateTimeOffset>.Empty);

    public static CountedHistory Of(int to, string? unanswered) =>
        new(
            to,
            unanswered is null ? None.Unanswered : JsonSerializer.Deserialize<ImmutableDictionary<string, DateTimeOffset>>(unanswered)!
        );

    public string? Json() => Unanswered.IsEmpty ? null : JsonSerializer.Serialize(Unanswered);
}
