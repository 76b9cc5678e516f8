using System.Text.RegularExpressions;

namespace SagaOrchestrator.Cli.Tests.Incidents;

/// <summary>Ids in what a command has written.</summary>
internal static partial class Ids
{
    /// <summary>The first.</summary>
    public static string In(string text) => Id().Match(text).Value;

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
