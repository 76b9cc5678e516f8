using Microsoft.OpenApi;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Http.StartSaga;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Http.Description;

/// <summary>
/// Gives what is done with a saga type in its path a path of its own for each registered type, with its start and an example.
/// </summary>
internal sealed class TypePaths(OpenApiDocument document, PlanCatalogue plans, ShapeSchemas shapes)
{
    // Where a type and an id stand at the same place of a path, two templates would be one to a reader.
    public void Expand(DescribedOperation described)
    {
        if (!described.Path.Contains("/sagas/{type}", StringComparison.Ordinal))
        {
            return;
        }

        document.Paths.Remove(described.Path);
        foreach (var plan in plans.Newest)
        {
            var operation = new OpenApiOperation(described.Operation);
            operation.OperationId += "Of" + Pascal(plan.Type);
            operation.Parameters = [.. (operation.Parameters ?? []).Where(parameter => parameter.Name != "type")];
            if (operation.OperationId.StartsWith(StartSagaEndpoint.Name, StringComparison.Ordinal))
            {
                operation.RequestBody = StartOf(plan);
            }

            var path = described.Path.Replace("{type}", plan.Type, StringComparison.Ordinal);
            if (!document.Paths.TryGetValue(path, out var item))
            {
                document.Paths.Add(path, item = new OpenApiPathItem());
            }

            ((OpenApiPathItem)item).AddOperation(new HttpMethod(described.Route.HttpMethod!), operation);
        }
    }

    private OpenApiRequestBody StartOf(Plan plan) =>
        new()
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Bodies.Json] = new() { Schema = shapes.Of(plan.Start.Shape), Example = plan.ExampleJson() },
            },
        };

    private static string Pascal(string type) =>
        string.Concat(type.Split('-', '_', '.').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
