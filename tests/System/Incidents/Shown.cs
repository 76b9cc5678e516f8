using System.Text.Json;
using System.Text.RegularExpressions;

namespace SagaOrchestrator.Tests.Incidents;

/// <summary>Tells whether an answer is what a page shows of it. The page leaves members out, and writes … for what varies.</summary>
internal static class Shown
{
    private const string Anything = "…";

    public static bool Holds(JsonElement shown, JsonElement answer) =>
        shown.ValueKind switch
        {
            JsonValueKind.Object => answer.ValueKind == JsonValueKind.Object
                && shown.EnumerateObject().All(member => answer.TryGetProperty(member.Name, out var value) && Holds(member.Value, value)),
            JsonValueKind.Array => answer.ValueKind == JsonValueKind.Array
                && shown.EnumerateArray().All(item => answer.EnumerateArray().Any(value => Holds(item, value))),
            JsonValueKind.String when shown.GetString() == Anything => true,
            JsonValueKind.String => answer.ValueKind == JsonValueKind.String && IsText(shown.GetString()!, answer.GetString()!),
            _ => shown.GetRawText() == answer.GetRawText(),
        };

    public static bool IsText(string shown, string text) =>
        Regex.IsMatch(
            text,
            $"^{string.Join(".*", shown.Split(Anything).Select(Regex.Escape))}$",
            RegexOptions.Singleline,
            TimeSpan.FromSeconds(1)
        );
}
