using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

/// <summary>One running system for the incidents that leave it as it was. Each project has a set-up of its own that starts it.</summary>
public abstract class SharedIncidents
{
    private static RunningSystem? system;

    internal static RunningSystem Running => system ?? throw new InvalidOperationException("The set-up has not run.");

    internal static TripBuild Build { get; } = new();

    [OneTimeSetUp]
    public static async Task Start() =>
        system = await RunningSystem.Start(Provoked.FewRefunds, add: services => TripPlan.Add(services, versions: 1, Build));

    [OneTimeTearDown]
    public static async Task Stop()
    {
        if (system is not null)
        {
            await system.DisposeAsync();
        }
    }
}
