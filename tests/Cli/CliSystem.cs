using SagaOrchestrator.Cli.Tests.Typing;
using SagaOrchestrator.Tests.Bulk;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests;

/// <summary>One running system for all tests: each uses order ids and a terminal of its own.</summary>
[SetUpFixture]
public sealed class CliSystem
{
    private static RunningSystem? system;

    internal static RunningSystem Running => system ?? throw new InvalidOperationException("The set-up has not run.");

    [OneTimeSetUp]
    public static async Task Start() =>
        system = await RunningSystem.Start(settings =>
        {
            settings["OrderFulfillment:StepTimeout"] = "00:00:02";
            settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
            settings["OrderFulfillment:CompensationAttempts"] = "2";
            settings["Payments:GatewayPatience"] = "00:00:00.200";
            settings["Webhooks:AllowPrivateAddresses"] = "true";
        });

    [OneTimeTearDown]
    public static async Task Stop()
    {
        if (system is not null)
        {
            await system.DisposeAsync();
        }
    }

    internal static Terminal Open() => new(Running.Api.BaseAddress!);

    internal static Task<ParkedSagas> Park(int sagas) => ParkedSagas.Of(Running.Api, Running.Sandbox, sagas);
}
