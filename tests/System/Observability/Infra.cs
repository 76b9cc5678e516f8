using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SagaOrchestrator.Tests.Servers;
using YamlDotNet.RepresentationModel;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>An alert of the rules.</summary>
internal sealed record AlertRule(string Name, string Expression, string Runbook);

/// <summary>What <c>infra/observability</c> has: rules and dashboards, and the expressions in them.</summary>
internal static partial class Infra
{
    // Words of PromQL that stand where a metric's name could.
    private static readonly HashSet<string> Words =
    [
        "and",
        "bool",
        "by",
        "group_left",
        "group_right",
        "ignoring",
        "offset",
        "on",
        "or",
        "unless",
        "without",
    ];

    public static string Folder { get; } = Path.Combine(TestServers.Root, "infra/observability");

    public static string Rules { get; } = Path.Combine(Folder, "rules.yml");

    public static IReadOnlyList<string> Dashboards { get; } =
    [.. Directory.GetFiles(Path.Combine(Folder, "dashboards"), "*.json").Order(StringComparer.Ordinal)];

    public static IReadOnlyList<AlertRule> Alerts { get; } =
    [
        .. Read()
            .Where(rule => rule.Children.ContainsKey("alert"))
            .Select(rule => new AlertRule(Text(rule, "alert"), Text(rule, "expr"), rule["annotations"]["runbook_url"].ToString())),
    ];

    public static IReadOnlyList<string> Records { get; } =
    [.. Read().Where(rule => rule.Children.ContainsKey("record")).Select(rule => Text(rule, "record"))];

    /// <summary>Every expression, with where it stands.</summary>
    public static IEnumerable<(string Where, string Expression)> Expressions =>
        Read().Select(rule => ("rules.yml", Text(rule, "expr"))).Concat(Dashboards.SelectMany(OfDashboard));

    /// <summary>The names of the metrics that an expression asks for.</summary>
    public static IEnumerable<string> MetricsOf(string expression)
    {
        // What stands in quotes, in braces, in brackets, and behind by, on and their like are labels.
        var bare = Labels().Replace(Grouping().Replace(Quoted().Replace(expression, string.Empty), " "), " ");
        return Name().Matches(bare).Select(match => match.Value).Where(name => !Words.Contains(name)).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<(string, string)> OfDashboard(string path) =>
        JsonNode.Parse(File.ReadAllText(path))!["panels"]!
            .AsArray()
            .SelectMany(panel => panel!["targets"]?.AsArray() ?? [])
            .Select(target =>
                (Path.GetFileName(path), target!["expr"]!.GetValue<string>().Replace("$__rate_interval", "5m", StringComparison.Ordinal))
            );

    private static IEnumerable<YamlMappingNode> Read()
    {
        using var text = new StreamReader(Rules);
        var yaml = new YamlStream();
        yaml.Load(text);
        return
        [
            .. ((YamlSequenceNode)yaml.Documents[0].RootNode["groups"])
                .SelectMany(group => (YamlSequenceNode)group["rules"])
                .Cast<YamlMappingNode>(),
        ];
    }

    private static string Text(YamlMappingNode rule, string key) => rule[key].ToString();

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?:by|on|without|ignoring|group_left|group_right)\s*\([^)]*\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Labels();

    // A name that is not a function's.
    [GeneratedRegex(@"(?<![\w:.$])[a-zA-Z_:][\w:]*\b(?!\s*\()(?!:)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
