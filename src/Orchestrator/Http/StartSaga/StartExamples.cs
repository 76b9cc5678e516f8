using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SagaOrchestrator.Engine.Plans;

namespace SagaOrchestrator.Http.StartSaga;

/// <summary>Shows a valid start of each plan in the description of the API.</summary>
internal sealed class StartExamples(PlanCatalogue plans) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (
            operation.OperationId == StartSagaEndpoint.Name
            && operation.RequestBody?.Content is { } content
            && content.TryGetValue("application/json", out var body)
        )
        {
            body.Examples = plans.Newest.ToDictionary(
                plan => plan.Type,
                plan => (IOpenApiExample)new OpenApiExample { Value = plan.ExampleJson() }
            );
        }

        return Task.CompletedTask;
    }
}
