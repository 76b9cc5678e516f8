using SagaOrchestrator.Packages.Tests.Outside;

namespace SagaOrchestrator.Packages.Tests;

/// <summary>Packs once for all tests.</summary>
[SetUpFixture]
public sealed class Packed
{
    internal static Workshop Workshop { get; private set; } = null!;

    [OneTimeSetUp]
    public static async Task Pack()
    {
        Workshop = new Workshop();
        await Workshop.Pack();
    }

    [OneTimeTearDown]
    public static void CleanUp() => Workshop.Dispose();
}
