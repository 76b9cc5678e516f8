namespace SagaOrchestrator.Tests.Observability;

/// <summary>
/// What of an export is a contract, a line for each span and each metric. In the approved list, what is marked with a question mark is not
/// in each export.
/// </summary>
internal static class ExportList
{
    public const string Optional = "?";

    /// <summary>A line's key, and its attributes and links.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Of(Collector collector) =>
        collector
            .Spans.Select(span => (Key: KeyOf(span), Parts: span.Attributes.Keys.Concat(LinksOf(span, collector))))
            .Concat(collector.Metrics.Where(IsListed).Select(metric => (Key: KeyOf(metric), Parts: metric.Attributes.AsEnumerable())))
            .GroupBy(line => line.Key)
            .ToDictionary(
                group => group.Key,
                IReadOnlySet<string> (group) => group.SelectMany(line => line.Parts).ToHashSet(),
                StringComparer.Ordinal
            );

    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Read(string path) =>
        File.ReadAllLines(path)
            .Where(line => line.Length > 0)
            .Select(line => line.Split(" : "))
            .ToDictionary(
                line => line[0],
                IReadOnlySet<string> (line) => line.Length > 1 ? line[1].Split(' ').ToHashSet() : new HashSet<string>(),
                StringComparer.Ordinal
            );

    public static string Written(IReadOnlyDictionary<string, IReadOnlySet<string>> lines) =>
        string.Concat(
            lines
                .OrderBy(line => line.Key, StringComparer.Ordinal)
                .Select(line =>
                    line.Value.Count == 0 ? $"{line.Key}\n" : $"{line.Key} : {string.Join(' ', line.Value.Order(StringComparer.Ordinal))}\n"
                )
        );

    public static string KeyOf(ExportedMetric metric) =>
        $"metric {metric.Name} | {metric.Kind} | {metric.Unit} | {metric.Scope} | {metric.Description}";

    public static string KeyOf(ExportedSpan span) => $"span {NameOf(span)} | {span.Kind} | {span.Scope}";

    // What varies in a name is an attribute too.
    private static string NameOf(ExportedSpan span) =>
        span.Attributes.GetValueOrDefault("messaging.destination.name") is { } queue
            ? span.Name.Replace(queue, "{messaging.destination.name}", StringComparison.Ordinal)
        : span.Attributes.GetValueOrDefault("http.route") is { } route ? span.Name.Replace(route, "{http.route}", StringComparison.Ordinal)
        : span.Attributes.GetValueOrDefault("db.namespace") is { } database
            ? span.Name.Replace(database, "{db.namespace}", StringComparison.Ordinal)
        : span.Name;

    private static IEnumerable<string> LinksOf(ExportedSpan span, Collector collector) =>
        from link in span.Links
        from target in collector.Spans
        where target.Id == link.Id
        select $"->{NameOf(target).Replace(' ', '_')}";

    // Those of the runtime and of the web server are Microsoft's.
    private static bool IsListed(ExportedMetric metric) =>
        metric.Scope.StartsWith("SagaOrchestrator", StringComparison.Ordinal)
        || metric.Name.StartsWith("http.server.request", StringComparison.Ordinal)
        || metric.Name.StartsWith("db.client", StringComparison.Ordinal);
}
