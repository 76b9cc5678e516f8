using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Engine.Postgres;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Engine.Webhooks.Running;
using SagaOrchestrator.Engine.Webhooks.Sending;

namespace SagaOrchestrator.Engine.Hosting;

/// <summary>What delivers webhooks.</summary>
internal static class WebhookServices
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<IWebhooks, PostgresWebhooks>();
        services.AddSingleton<IWebhookQueue, PostgresWebhookQueue>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<WebhookCourier>();
        services.AddSingleton<AlarmSource, FailingWebhooks>();
        services.AddHostedService<WebhookRunner>();
    }
}
