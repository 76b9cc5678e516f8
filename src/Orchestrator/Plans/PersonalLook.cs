using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SagaOrchestrator.Plans;

/// <summary>Whether a text looks like something by which a person is known: an e-mail address or a telephone number.</summary>
internal static partial class PersonalLook
{
    /// <summary>What it looks like; null when it looks like nothing of that kind.</summary>
    public static string? Of(string text) =>
        Email().IsMatch(text) ? "an e-mail address"
        : Phone().IsMatch(text) ? "a telephone number"
        : null;

    /// <summary>What is said of a plan at start-up.</summary>
    public static IEnumerable<string> In(Plan plan)
    {
        if (ExampleOf(plan) is not { } example)
        {
            yield break;
        }

        if (Of(example.BusinessKey) is { } look)
        {
            yield return $"The business key of the plan '{plan.Type}' looks like {look}. It is in every message, log and table, and cannot "
                + "be forgotten. Use a number of your own for it.";
        }

        if (plan.Marks?.SubjectOf(JsonElement.Parse(example.Data)) is { } subject && Of(subject) is { } other)
        {
            yield return $"The subject of the plan '{plan.Type}' looks like {other}. It stays where it is when the subject is forgotten. "
                + "Use a number of your own for it.";
        }
    }

    /// <summary>The plan's example as a start; null when it is not valid.</summary>
    public static StartRequest? ExampleOf(Plan plan)
    {
        try
        {
            return plan.Read(Encoding.UTF8.GetBytes(plan.ExampleJson().ToJsonString()));
        }
        catch (InvalidStartException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"[^\s@]@[^\s@]+\.[^\s@]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Email();

    [GeneratedRegex(
        @"^(\+|00|\()[0-9][0-9 ()/.-]{6,}$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Phone();
}
