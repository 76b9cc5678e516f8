namespace SagaOrchestrator.Tests.Servers;

/// <summary>One running system for all tests that leave it calm: each uses order ids of its own.</summary>
[SetUpFixture]
public sealed class SharedSystem
{
    internal static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(2);

    private static readonly Lazy<Task<RunningSystem>> Shared = new(() =>
        RunningSystem.Start(settings =>
        {
            // Short, so that a participant that never answers is given up within the test.
            settings["OrderFulfillment:StepTimeout"] = StepTimeout.ToString();
            settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
            settings["OrderFulfillment:CompensationAttempts"] = "2";
            settings["BusinessOrders:StepTimeout"] = "00:00:01";
            settings["BusinessOrders:Attempts"] = "1";
            settings["BusinessOrders:FirstRetryDelay"] = "00:00:00.200";
            settings["Payments:GatewayPatience"] = "00:00:00.200";
        })
    );

    internal static Task<RunningSystem> Get() => Shared.Value;

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }
}
