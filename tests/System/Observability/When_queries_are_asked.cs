using System.Globalization;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>Each query of rules and dashboards, against a system that is scraped.</summary>
public sealed class When_queries_are_asked
{
    private PrometheusServer prometheus = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        prometheus = await Observed.Prometheus();
        await Observed.Seen();
    }

    [Test]
    public async Task Should_name_metrics_that_are_there()
    {
        var expressions = Infra.Expressions.ToList();
        expressions.Count.ShouldBeGreaterThan(60);
        var asked = expressions.SelectMany(query => Infra.MetricsOf(query.Expression).Select(name => (query.Where, name))).ToHashSet();
        asked.Select(one => one.name).ShouldContain("rabbitmq_queue_messages_ready");
        await Eventually.Get(
            async () =>
            {
                var names = await prometheus.Names();
                return string.Join(", ", asked.Where(one => !names.Contains(one.name)));
            },
            missing => missing.Length == 0,
            "each metric that is asked for is scraped or recorded"
        );
    }

    [Test]
    public async Task Should_be_expressions_that_Prometheus_takes()
    {
        foreach (var (_, expression) in Infra.Expressions)
        {
            await prometheus.Query(expression.Replace("$type", "order-fulfillment", StringComparison.Ordinal));
        }
    }

    [Test]
    public async Task Should_group_by_labels_that_are_there()
    {
        foreach (
            var name in new[] { "saga_type", "saga_state", "saga_participant", "saga_step", "service_name", "messaging_destination_name" }
        )
        {
            (await prometheus.Query($"count by ({name}) ({{{name}!=\"\"}})")).ShouldNotBeEmpty(name);
        }
    }

    [Test]
    public async Task Should_give_percentiles_of_each_participant()
    {
        foreach (var participant in new[] { "inventory", "payments", "shipping" })
        {
            await Eventually.True(
                async () =>
                    (await prometheus.Query($"saga:step_duration_seconds:p95_5m{{saga_participant=\"{participant}\"}}"))
                        .Select(one => double.Parse(one.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture))
                        .Any(seconds => seconds is > 0 and < 100),
                $"the percentile of {participant}"
            );
        }
    }

    [Test]
    public async Task Should_lead_from_a_bucket_to_a_trace()
    {
        var collector = (await Observed.Get()).Collector;
        await Eventually.True(
            async () =>
            {
                var traces = await prometheus.Exemplars("saga_duration_seconds_bucket");
                return collector.Spans.Any(span => traces.Contains(span.Trace));
            },
            "an exemplar leads to a trace"
        );
    }

    [Test]
    public void Should_have_dashboards_that_Grafana_can_take()
    {
        Infra.Dashboards.Count.ShouldBe(5);
        foreach (var path in Infra.Dashboards)
        {
            var dashboard = JsonNode.Parse(File.ReadAllText(path))!;
            dashboard["uid"]!.GetValue<string>().ShouldStartWith("saga-");
            var ids = dashboard["panels"]!.AsArray().Select(panel => panel!["id"]!.GetValue<int>()).ToList();
            ids.ShouldBeUnique(path);
        }
    }
}
