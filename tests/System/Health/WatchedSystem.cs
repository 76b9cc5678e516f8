using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Health;

/// <summary>One system for all tests that break something and mend it again.</summary>
[SetUpFixture]
public sealed class WatchedSystem
{
    private static readonly RecordedLog Recorded = new();
    private static readonly ConcurrentDictionary<string, int> Gauge = new();
    private static readonly MeterListener Meters = new();
    private static readonly Lazy<Task<RunningSystem>> Shared = new(() =>
        RunningSystem.Start(add: services => services.AddSingleton<ILoggerProvider>(Recorded))
    );

    internal static Task<RunningSystem> Get() => Shared.Value;

    /// <summary>
    /// Breaks something, and sees that a condition is told by readiness, gauge and one log line; then mends it, and sees that it clears.
    /// </summary>
    internal static async Task Tells(
        string condition,
        HttpStatusCode status,
        string words,
        Func<RunningSystem, Task> breaking,
        Func<RunningSystem, Task> mending
    )
    {
        var system = await Get();
        await Eventually.True(async () => (await Line(system, condition)).Status == "Healthy", $"{condition} is well");
        var before = Recorded.About(condition).Count;
        await breaking(system);
        try
        {
            var told = await Eventually.Get(
                () => Line(system, condition),
                line => line.Status != "Healthy",
                $"{condition} is told"
            );
            told.Description.ShouldNotBeNull().ShouldContain(words);
            told.Status.ShouldBe(status == HttpStatusCode.OK ? "Degraded" : "Unhealthy");
            told.Code.ShouldBe(status, told.Body);
            Measure(condition).ShouldBe(1);
        }
        finally
        {
            await mending(system);
        }

        await Eventually.True(async () => (await Line(system, condition)).Status == "Healthy", $"{condition} is well again");
        Measure(condition).ShouldBe(0);
        var lines = Recorded.About(condition).Skip(before).ToList();
        lines.Count.ShouldBe(2, string.Join('\n', lines));
        lines[0].ShouldContain(words);
        lines[1].ShouldContain("is well again");
    }

    [OneTimeSetUp]
    public void Listen()
    {
        Meters.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name == "saga.degraded")
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        Meters.SetMeasurementEventCallback<int>(
            (_, value, tags, _) =>
            {
                var of = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
                Gauge[$"{of["saga.service"]} {of["saga.condition"]}"] = value;
            }
        );
        Meters.Start();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        Meters.Dispose();
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    /// <summary>What the gauge of a condition shows.</summary>
    internal static int Measure(string condition, string service = "orchestrator")
    {
        Meters.RecordObservableInstruments();
        return Gauge.GetValueOrDefault($"{service} {condition}", -1);
    }

    private static async Task<(string Status, string? Description, HttpStatusCode Code, string Body)> Line(
        RunningSystem system,
        string condition
    )
    {
        using var answer = await system.Api.GetAsync("/health/ready");
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var line = body.GetProperty("checks").EnumerateArray().First(check => check.GetProperty("name").GetString() == condition);
        return (
            line.GetProperty("status").GetString()!,
            line.TryGetProperty("description", out var words) ? words.GetString() : null,
            answer.StatusCode,
            body.ToString()
        );
    }
}
