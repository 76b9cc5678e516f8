using System.Collections.Immutable;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>A span, as a collector gets it.</summary>
internal sealed record ExportedSpan(string Service, string Scope, string Name, string Kind, string Trace, string Id, string Parent)
{
    public required ImmutableSortedDictionary<string, string> Attributes { get; init; }

    public required IReadOnlyList<(string Trace, string Id)> Links { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }
}

/// <summary>A metric, as a collector gets it.</summary>
internal sealed record ExportedMetric(string Service, string Scope, string Name, string Kind, string Unit, string Description)
{
    public required IReadOnlySet<string> Attributes { get; init; }

    public required IReadOnlyList<double> Bounds { get; init; }

    /// <summary>The traces that its exemplars lead to.</summary>
    public required IReadOnlySet<string> Exemplars { get; init; }
}

/// <summary>Reads requests of OTLP.</summary>
internal static class Exported
{
    private static readonly string[] Kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"];

    public static IEnumerable<ExportedSpan> Spans(byte[] request) =>
        from resource in new Wire(request).Messages(1)
        let service = Attributes(resource.Message(1)!, 1)["service.name"]
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new ExportedSpan(
            service,
            scope.Message(1)!.Text(1),
            span.Text(5),
            Kinds[span.Number(6)],
            span.Hex(1),
            span.Hex(2),
            span.Hex(4)
        )
        {
            Attributes = Attributes(span, 9),
            Links = [.. span.Messages(13).Select(link => (link.Hex(1), link.Hex(2)))],
            Start = At(span.Number(7)),
            End = At(span.Number(8)),
        };

    public static IEnumerable<ExportedMetric> Metrics(byte[] request) =>
        from resource in new Wire(request).Messages(1)
        let service = Attributes(resource.Message(1)!, 1)["service.name"]
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        select Metric(service, scope.Message(1)!.Text(1), metric);

    private static ExportedMetric Metric(string service, string scope, Wire metric)
    {
        var (kind, data, attributes, exemplars) =
            metric.Has(5) ? ("gauge", metric.Message(5)!, 7, 5)
            : metric.Has(9) ? ("histogram", metric.Message(9)!, 9, 8)
            : ("sum", metric.Message(7)!, 7, 5);
        // A sum that can fall is a gauge to most.
        kind = kind == "sum" ? (data.Number(3) == 1 ? "counter" : "up-down-counter") : kind;
        var points = data.Messages(1).ToList();
        return new ExportedMetric(service, scope, metric.Text(1), kind, metric.Text(3), metric.Text(2))
        {
            Attributes = points.SelectMany(point => Attributes(point, attributes).Keys).ToHashSet(),
            Bounds = kind == "histogram" ? points[0].Doubles(7) : [],
            Exemplars = points.SelectMany(point => point.Messages(exemplars)).Select(exemplar => exemplar.Hex(5)).ToHashSet(),
        };
    }

    private static ImmutableSortedDictionary<string, string> Attributes(Wire holder, int field) =>
        holder
            .Messages(field)
            .ToImmutableSortedDictionary(pair => pair.Text(1), pair => pair.Message(2)?.Text(1) ?? string.Empty, StringComparer.Ordinal);

    private static DateTimeOffset At(ulong nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / 100));
}
