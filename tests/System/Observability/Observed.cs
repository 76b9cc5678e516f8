using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>One observed system, and one Prometheus that scrapes it, for all tests of this folder.</summary>
[SetUpFixture]
public sealed class Observed
{
    private const int Letters = 60;

    private static readonly Lazy<Task<ObservedSystem>> System = new(() =>
        ObservedSystem.Start(sandbox => RejectedStarts.Make(sandbox, Letters))
    );

    private static readonly Lazy<Task<PrometheusServer>> Server = new(async () =>
        await PrometheusServer.Start((await System.Value).MetricsPorts.Values, TestServers.RabbitMqMetricsPort)
    );

    private static readonly Lazy<Task<Scenario>> Scene = new(async () => await Scenario.Play(await System.Value));

    internal static Task<ObservedSystem> Get() => System.Value;

    internal static Task<PrometheusServer> Prometheus() => Server.Value;

    /// <summary>A little of everything has happened.</summary>
    internal static Task<Scenario> Played() => Scene.Value;

    /// <summary>It has, and the collector has seen the metrics of it.</summary>
    internal static async Task Seen()
    {
        await Played();
        var collector = (await Get()).Collector;
        await Eventually.True(
            () => Task.FromResult(collector.Metrics.Any(metric => metric.Name == "saga.webhook.duration")),
            "the metrics are exported"
        );
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (Server.IsValueCreated)
        {
            await (await Server.Value).DisposeAsync();
        }

        if (System.IsValueCreated)
        {
            await (await System.Value).DisposeAsync();
        }
    }
}
