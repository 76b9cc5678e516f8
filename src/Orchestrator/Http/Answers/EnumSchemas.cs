using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SagaOrchestrator.Http.Answers;

/// <summary>
/// Describes the API's words as words, as <see cref="Problems.ApiJson"/> writes them. The host's own enumerations stay as the host writes
/// them.
/// </summary>
internal sealed class EnumSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum && type.Namespace?.StartsWith("SagaOrchestrator.", StringComparison.Ordinal) == true)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetNames(type).Select(name => (JsonNode)name)];
        }

        return Task.CompletedTask;
    }
}
