using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messaging.InMemory;

namespace SagaOrchestrator.Testing;

/// <summary>The bus in memory, on MassTransit's test harness.</summary>
internal static class HarnessBus
{
    // Nobody waits for it: the host says itself when nothing moves any more.
    private static readonly TimeSpan Inactivity = TimeSpan.FromMilliseconds(50);

    public static void AddHarnessBus(this IServiceCollection services) =>
        services.AddMassTransitTestHarness(
            TextWriter.Null,
            bus =>
            {
                bus.SetTestTimeouts(testInactivityTimeout: Inactivity);
                bus.UsingInMemory((context, memory) => memory.UseMemoryEndpoints(context));
            }
        );
}
