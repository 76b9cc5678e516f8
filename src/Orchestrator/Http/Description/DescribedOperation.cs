using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SagaOrchestrator.Http.Description;

/// <summary>An operation of the description, and the route that it describes.</summary>
/// <param name="Path">Its path in the description.</param>
/// <param name="Operation">What is said of it.</param>
/// <param name="Route">The route.</param>
internal sealed record DescribedOperation(string Path, OpenApiOperation Operation, ApiDescription Route)
{
    public IList<object> Metadata => Route.ActionDescriptor.EndpointMetadata;

    public bool IsRead => Route.HttpMethod == HttpMethods.Get;

    /// <summary>The type of its body; null when it takes none.</summary>
    public Type? Body => Metadata.OfType<IAcceptsMetadata>().LastOrDefault()?.RequestType;

    /// <summary>What is said of an answer with this status; null when nothing is.</summary>
    public IOpenApiResponse? Answer(int status) => Operation.Responses?.GetValueOrDefault(status.ToString(CultureInfo.InvariantCulture));

    /// <summary>All operations of a description.</summary>
    public static IEnumerable<DescribedOperation> In(OpenApiDocument document, OpenApiDocumentTransformerContext context)
    {
        var routes = context
            .DescriptionGroups.SelectMany(group => group.Items)
            .Where(route => route.HttpMethod is not null)
            .DistinctBy(Id)
            .ToDictionary(Id);
        return document
            .Paths.Where(path => path.Value.Operations is not null)
            .SelectMany(path =>
                path.Value.Operations!.Select(operation => new DescribedOperation(
                    path.Key,
                    operation.Value,
                    routes[$"{operation.Key.Method} {path.Key}"]
                ))
            );
    }

    private static string Id(ApiDescription route) => $"{route.HttpMethod} /{Plain(route.RelativePath ?? string.Empty)}";

    // Routing writes the constraints of its parameters beside their names; the description does not.
    private static string Plain(string path) =>
        string.Join('/', path.TrimEnd('/').Split('/').Select(part => part.StartsWith('{') ? part.Split(':')[0].TrimEnd('}') + "}" : part));
}
