using Microsoft.OpenApi;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Http.Description;

/// <summary>Says of each body what it may be, and of each answer what it is.</summary>
internal sealed class Bodies(ShapeSchemas shapes, AnswerSchemas answers)
{
    public const string Json = "application/json";

    public void Describe(DescribedOperation described)
    {
        if (described.Operation.RequestBody?.Content is { } forms && described.Body is { Namespace: not "System.Text.Json" } body)
        {
            forms[Json].Schema = shapes.Of(Contract.Of(body).Shape);
            forms[Json].Example = described.Metadata.OfType<BodyExample>().LastOrDefault()?.Json.DeepClone() ?? BodyExamples.Of(body);
        }

        foreach (var answer in described.Route.SupportedResponseTypes.Where(answer => answer.StatusCode < 400))
        {
            foreach (var (form, content) in described.Answer(answer.StatusCode)?.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                content.Schema = form.Split(';')[0].EndsWith("json", StringComparison.Ordinal)
                    ? Document(answer.Type)
                    : new OpenApiSchema { Type = JsonSchemaType.String };
            }
        }
    }

    // Text or bytes that are JSON are a document of another kind.
    private IOpenApiSchema Document(Type? type) =>
        type is null || type == typeof(byte[]) || type == typeof(string) ? new OpenApiSchema() : answers.Of(type);
}
