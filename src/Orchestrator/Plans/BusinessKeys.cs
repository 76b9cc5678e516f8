using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Plans;

/// <summary>What the business calls a saga.</summary>
internal static class BusinessKeys
{
    private const int Longest = 200;

    /// <summary>The key, when it can be one.</summary>
    /// <exception cref="InvalidStartException">It cannot.</exception>
    public static string Checked(string type, string? key) =>
        Objection(key) is { } objection
            ? throw new InvalidStartException([
                new Refusal(string.Empty, $"a business key of '{type}' of 1 to {Longest} characters, all of them visible", objection),
            ])
            : key!;

    private static string? Objection(string? key) =>
        key switch
        {
            null or { Length: 0 } => "none",
            { Length: > Longest } => Keys.Objection(key) ?? "a longer one",
            _ => Keys.Objection(key),
        };
}
