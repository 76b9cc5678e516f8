using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Server.Sagas.BusinessOrders;
using SagaOrchestrator.Server.Sagas.OrderFulfillment;

namespace SagaOrchestrator.Server.Sagas;

/// <summary>The plans of the order services.</summary>
internal static class OrderPlans
{
    public static IServiceCollection AddOrderPlans(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(configuration.Read<OrderFulfillmentOptions>("OrderFulfillment"))
            .AddPlan<OrderFulfillmentPlan>()
            .AddSingleton(configuration.Read<BusinessOrderOptions>("BusinessOrders"))
            .AddPlan<BusinessOrderPlan>();
}
