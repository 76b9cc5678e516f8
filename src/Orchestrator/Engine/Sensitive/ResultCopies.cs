using System.Text.Json;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Marks;

namespace SagaOrchestrator.Engine.Sensitive;

/// <summary>
/// Finds marked values that a participant repeats in a member of its result that is not marked. There they are kept plain.
/// </summary>
internal static class ResultCopies
{
    // Shorter texts occur by chance.
    private const int Shortest = 4;

    /// <summary>The first member whose value is repeated; null when none is.</summary>
    /// <param name="marked">The saga's marked members that can be read.</param>
    /// <param name="contract">What the result is; null when the plan does not say.</param>
    /// <param name="result">The result, readable.</param>
    public static string? First(IEnumerable<MarkedMember> marked, Contract? contract, JsonElement result)
    {
        var plain = contract is { IsSensitive: true }
            ? JsonElement.Parse(MarkedMembers.Replace(contract.Shape, result, static _ => "null"))
            : result;
        string[] kept = [.. Texts(plain)];
        return marked
            .Where(member =>
                Texts(member.Value)
                    .Any(text => text.Length >= Shortest && kept.Any(other => other.Contains(text, StringComparison.Ordinal)))
            )
            .Select(member => member.Path)
            .FirstOrDefault();
    }

    private static IEnumerable<string> Texts(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
            JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Texts(property.Value)),
            _ => [],
        };
}
