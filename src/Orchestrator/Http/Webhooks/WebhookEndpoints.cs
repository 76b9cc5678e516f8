using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Answers;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Webhooks;

/// <summary>Those who are told of outcomes and alarms. In memory there is nothing to keep them in.</summary>
internal static class WebhookEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        if (!app.ServiceProvider.GetRequiredService<SagaWebhooks>().CanBeRegistered)
        {
            return;
        }

        RouteGroupBuilder Group(SagaRole role) => app.MapGroup(Routes.Webhooks).WithTags("Webhooks").WithAccess(role);
        ReadWebhookEndpoints.Map(Group(SagaRole.Read).WithReadDeadline());
        ChangeWebhookEndpoints.Map(Group(SagaRole.Administer));
        var deliver = Group(SagaRole.Operate);
        DeliverWebhookEndpoints.Map(deliver);
        ManyDeliveriesEndpoints.Map(deliver);
    }
}
