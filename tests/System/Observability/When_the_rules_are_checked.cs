using System.Diagnostics;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Observability;

public sealed class When_the_rules_are_checked
{
    [TestCase("check", "rules", "rules.yml")]
    [TestCase("check", "config", "prometheus.yml")]
    [TestCase("test", "rules", "rules.test.yml")]
    public async Task Should_be_taken_by_promtool(string verb, string what, string file)
    {
        var start = new ProcessStartInfo("/usr/bin/promtool", [verb, what, file])
        {
            WorkingDirectory = Infra.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var tool = Process.Start(start)!;
        var said = tool.StandardOutput.ReadToEndAsync();
        var complained = await tool.StandardError.ReadToEndAsync();
        await tool.WaitForExitAsync();
        tool.ExitCode.ShouldBe(0, await said + complained);
    }

    [Test]
    public void Should_test_that_each_alert_fires_and_clears()
    {
        var tests = File.ReadAllText(Path.Combine(Infra.Folder, "rules.test.yml"));
        foreach (var alert in Infra.Alerts)
        {
            tests.ShouldContain($"- alertname: {alert.Name}\n", customMessage: alert.Name);
            tests.ShouldContain($"- {{ alertname: {alert.Name}, ", customMessage: alert.Name);
        }
    }

    [Test]
    public void Should_lead_each_alert_to_a_heading_that_is_there()
    {
        var headings = File.ReadLines(Path.Combine(TestServers.Root, "docs/operating.md"))
            .Where(line => line.StartsWith('#'))
            .Select(line => $"docs/operating.md#{Anchor(line.TrimStart('#').Trim())}")
            .ToHashSet();
        Infra.Alerts.Count.ShouldBeGreaterThan(10);
        Infra.Alerts.ShouldAllBe(alert => headings.Contains(alert.Runbook));
    }

    [Test]
    public void Should_have_a_row_of_the_runbook_for_each_alert()
    {
        var page = File.ReadAllText(Path.Combine(TestServers.Root, "docs/operating.md"));
        foreach (var alert in Infra.Alerts)
        {
            var row = page.Split('\n').SingleOrDefault(line => line.StartsWith($"| `{alert.Name}` |", StringComparison.Ordinal));
            row.ShouldNotBeNull(alert.Name);
            row.ShouldContain($"(#{alert.Runbook.Split('#')[1]})");
        }
    }

    [TestCase("""max by (a) (rate(saga_x_total{saga_state="Parked"}[5m])) > 0.5 and on (b) up{job="saga"} == 0""", "saga_x_total up")]
    [TestCase("histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m])))", "x_bucket")]
    [TestCase("saga:in_flight:max > 25", "saga:in_flight:max")]
    public void Should_find_the_metrics_of_an_expression(string expression, string metrics) =>
        Infra.MetricsOf(expression).ShouldBe(metrics.Split(' '));

    // As GitHub makes it.
    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(sign => char.IsLetterOrDigit(sign) || sign is ' ' or '-' or '_')).Replace(' ', '-');
}
