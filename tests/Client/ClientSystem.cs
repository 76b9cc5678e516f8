using SagaOrchestrator.Messages.Orders.OrderFulfillment;
using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Client.Tests;

/// <summary>One running system for all tests: each uses order ids of its own.</summary>
[SetUpFixture]
public sealed class ClientSystem
{
    private static RunningSystem? system;

    internal static RunningSystem Running => system ?? throw new InvalidOperationException("The set-up has not run.");

    [OneTimeSetUp]
    public static async Task Start() => system = await RunningSystem.Start();

    [OneTimeTearDown]
    public static async Task Stop()
    {
        if (system is not null)
        {
            await system.DisposeAsync();
        }
    }

    /// <summary>A client as a host gets it.</summary>
    internal static SagaClient Caller(Action<SagaClientOptions>? configure = null) =>
        new ServiceCollection()
            .AddSagaClient(options =>
            {
                options.Address = Running.Api.BaseAddress;
                options.By = "shop";
                configure?.Invoke(options);
            })
            .Services.BuildServiceProvider()
            .GetRequiredService<SagaClient>();

    internal static StartOrderFulfillment Order(string? id = null, string token = "tok_visa", int quantity = 2) =>
        new(
            id ?? SagaOrchestrator.Tests.Servers.Order.NewId(),
            "customer-1",
            OrderedOn: null,
            "USD",
            quantity * 10.50m,
            [new OrderItem("p1", quantity, 10.50m)],
            new PaymentMethod("card", token),
            new ShippingAddress("Customer 1", "1 Main Street", "Lisbon", null, null, "Portugal")
        );
}
