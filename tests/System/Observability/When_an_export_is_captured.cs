using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>
/// Names are a contract with dashboards and alerts: what is exported is what <c>export.approved.txt</c> lists. When a difference is wanted,
/// take it over from the received file.
/// </summary>
public sealed class When_an_export_is_captured
{
    private static readonly string Approved = Path.Combine(TestServers.Root, "tests/System/Observability/export.approved.txt");

    private Collector collector = null!;
    private Scenario scenario = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        collector = (await Observed.Get()).Collector;
        await Observed.Prometheus();
        scenario = await Observed.Played();
    }

    [Test]
    public async Task Should_be_as_approved()
    {
        var approved = ExportList.Read(Approved);
        try
        {
            await Eventually.Get(
                () => Task.FromResult(string.Join("\n", Missing(approved))),
                missing => missing.Length == 0,
                "all that is approved is exported",
                20
            );
            New(approved).ShouldBeEmpty();
        }
        finally
        {
            await File.WriteAllTextAsync(
                Path.Combine(AppContext.BaseDirectory, "export.received.txt"),
                ExportList.Written(ExportList.Of(collector))
            );
        }
    }

    [Test]
    public async Task Should_have_no_attribute_that_grows_with_the_sagas()
    {
        await Observed.Seen();
        foreach (var metric in collector.Metrics)
        {
            metric.Attributes.ShouldNotContain("saga.id", metric.Name);
            metric.Attributes.ShouldNotContain("messaging.message.id", metric.Name);
            metric.Attributes.ShouldNotContain(attribute => attribute.Contains("business", StringComparison.Ordinal), metric.Name);
        }
    }

    [Test]
    public async Task Should_have_buckets_in_seconds()
    {
        await Observed.Seen();
        var durations = collector.Metrics.Where(metric => metric.Kind == "histogram" && metric.Unit == "s").ToList();
        durations.Count.ShouldBeGreaterThan(5);
        foreach (var duration in durations)
        {
            duration.Bounds.Count.ShouldBeGreaterThan(8, duration.Name);
            duration.Bounds[0].ShouldBeLessThan(0.5, duration.Name);
        }
    }

    [TestCase("orchestrator")]
    [TestCase("notifications")]
    public async Task Should_have_the_name_of_each_service(string service)
    {
        await Eventually.True(() => Task.FromResult(collector.Spans.Any(span => span.Service == service)), $"spans of {service}");
        collector.Metrics.ShouldContain(metric => metric.Service == service);
    }

    [Test]
    public async Task Should_lead_from_a_message_to_the_commit_that_wrote_it_and_back()
    {
        await Eventually.True(
            () =>
                Task.FromResult(
                    collector.Spans.Any(commit =>
                        commit.Name == "group commit"
                        && collector.Spans.Any(message =>
                            message.Kind == "consumer"
                            && message.Links.Contains((commit.Trace, commit.Id))
                            && commit.Links.Contains((message.Trace, message.Id))
                        )
                    )
                ),
            "a message and its commit lead to each other"
        );
    }

    [TestCase("saga.step.duration")]
    [TestCase("saga.duration")]
    [TestCase("messaging.process.duration")]
    [TestCase("http.server.request.duration")]
    public Task Should_lead_from_a_histogram_to_a_trace(string name) =>
        Eventually.True(
            () =>
                Task.FromResult(
                    collector.Metrics.Any(metric =>
                        metric.Name == name && metric.Exemplars.Any(trace => collector.Spans.Any(span => span.Trace == trace))
                    )
                ),
            $"an exemplar of {name} leads to a trace"
        );

    [Test]
    public Task Should_lead_from_the_trace_of_a_person_to_that_of_the_saga() => Leads("server", scenario.Approved);

    [Test]
    public Task Should_lead_from_a_timer_days_later_to_the_trace_of_its_saga() => Leads("producer", scenario.Old);

    private Task Leads(string kind, Guid saga) =>
        Eventually.True(
            () =>
                Task.FromResult(
                    collector.Spans.Any(span =>
                        span.Kind == kind
                        && span.Links.Any(link => link.Trace != span.Trace && TracesOf(saga).Contains(link.Trace))
                        && TracesOf(saga).Contains(span.Trace)
                    )
                ),
            $"a span of the kind {kind} in a trace of its own leads to that of saga {saga}"
        );

    private HashSet<string> TracesOf(Guid saga) =>
        [.. collector.Spans.Where(span => span.Attributes.GetValueOrDefault("saga.id") == saga.ToString()).Select(span => span.Trace)];

    private List<string> Missing(IReadOnlyDictionary<string, IReadOnlySet<string>> approved)
    {
        var seen = ExportList.Of(collector);
        return
        [
            .. from line in approved
            where !line.Key.StartsWith(ExportList.Optional, StringComparison.Ordinal)
            from part in line.Value.Where(part => !part.EndsWith(ExportList.Optional, StringComparison.Ordinal)).Append(string.Empty)
            where !seen.TryGetValue(line.Key, out var parts) || (part.Length > 0 && !parts.Contains(part))
            select $"{line.Key} : {part}",
        ];
    }

    private List<string> New(IReadOnlyDictionary<string, IReadOnlySet<string>> approved)
    {
        var known = approved.ToDictionary(
            line => line.Key.TrimStart('?', ' '),
            line => line.Value.Select(part => part.TrimEnd('?')).ToHashSet(),
            StringComparer.Ordinal
        );
        return
        [
            .. from line in ExportList.Of(collector)
            from part in line.Value.Append(string.Empty)
            where !known.TryGetValue(line.Key, out var parts) || (part.Length > 0 && !parts.Contains(part))
            select $"{line.Key} : {part}",
        ];
    }
}
