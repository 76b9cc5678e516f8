using System.Globalization;
using System.Text.RegularExpressions;

namespace SagaOrchestrator.Architecture.Tests;

/// <summary>Operators look for a log line by the id of its event, and documents name it.</summary>
public sealed partial class When_events_of_logs_are_numbered
{
    [Test]
    public void Should_give_each_a_number_of_its_own()
    {
        var events = Directory
            .EnumerateFiles(Path.Combine(Clone.Root, "src"), "*Log.cs", SearchOption.AllDirectories)
            .SelectMany(file => Number().Matches(File.ReadAllText(file)).Select(match => (File: file, Id: match.Groups["id"].Value)))
            .ToLookup(found => int.Parse(found.Id, CultureInfo.InvariantCulture), found => Path.GetFileName(found.File));
        events.Count.ShouldBeGreaterThan(50);
        events.Where(id => id.Count() > 1).Select(id => $"{id.Key}: {string.Join(", ", id)}").ShouldBeEmpty();
    }

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?<id>\d+),", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Number();
}
