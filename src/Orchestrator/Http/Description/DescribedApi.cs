using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.Description;

/// <summary>
/// The API's description in OpenAPI 3.1. ASP.NET Core finds routes and parameters. What bodies, answers and problems are follows from what
/// checks, writes and lists them.
/// </summary>
internal sealed class DescribedApi(PlanCatalogue plans, IntakeLimits limits) : IOpenApiDocumentTransformer
{
    private const string Token = "token";
    private const string Key = "key";

    // The host may describe its own routes, and does so apart.
    private const string Name = "saga-orchestrator";

    public static void Add(IServiceCollection services) =>
        services.AddOpenApi(
            Name,
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.ShouldInclude = route =>
                    route.HttpMethod != HttpMethods.Head && route.ActionDescriptor.EndpointMetadata.OfType<ApiRoute>().Any();
                options.AddDocumentTransformer<DescribedApi>();
            }
        );

    /// <summary>Maps the description.</summary>
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder own) => own.MapGet("/openapi/v1.json", Show).ExcludeFromDescription();

    private static async Task<IResult> Show(HttpContext http, CancellationToken cancellationToken)
    {
        var provider = http.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        document.Servers = [new OpenApiServer { Url = http.Request.PathBase.Add("/").ToUriComponent() }];
        return ApiJson.Answer(JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken)));
    }

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Components = new OpenApiComponents();
        var components = new Components(document);
        var shapes = new ShapeSchemas(components, limits);
        var (bodies, problems, parameters) = (
            new Bodies(shapes, new AnswerSchemas(components)),
            new ProblemAnswers(document),
            new Parameters(plans)
        );
        var types = new TypePaths(document, plans, shapes);
        foreach (var described in DescribedOperation.In(document, context).ToList())
        {
            bodies.Describe(described);
            problems.Describe(described);
            parameters.Describe(described);
            AddRole(described);
            types.Expand(described);
        }

        AddInfo(document);
        AddSecurity(document);
        return Task.CompletedTask;
    }

    private static void AddRole(DescribedOperation described)
    {
        if (described.Metadata.OfType<RouteAccess>().LastOrDefault()?.Role is not { } role || role == SagaRole.Open)
        {
            described.Operation.Security = [];
            return;
        }

        described.Operation.Description = $"{described.Operation.Description} Asks for the role '{Caller.Word(role)}'.".TrimStart();
    }

    private static void AddInfo(OpenApiDocument document)
    {
        document.Info.Title = "SagaOrchestrator";
        document.Info.Description =
            "Start sagas, see where they stand, signal them, lead parked ones out, and see to dead letters. Each path that takes GET takes "
            + "HEAD. OPTIONS, and each 405, give the methods of a path as Allow.";
        document.Info.License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" };
        document.Tags = (document.Tags ?? new HashSet<OpenApiTag>()).OrderBy(tag => tag.Name, StringComparer.Ordinal).ToHashSet();
        foreach (var tag in document.Tags)
        {
            tag.Description = tag.Name switch
            {
                "Sagas" => "Start, read, find, follow and operate sagas.",
                "Bulk jobs" => "One action on every saga, or every dead letter, that a filter finds.",
                "Operators" => "What needs somebody, and what was done.",
                "Dead letters" => "Messages that could not be handled.",
                "Contract" => "What the orchestrator and its participants send one another.",
                "Breakers" => "Participants and saga types, and what an operator has stopped.",
                "Webhooks" => "Who is told of outcomes and alarms by a signed request, and what came of it.",
                "Problems" => "Every kind of error answer.",
                _ => tag.Name + ".",
            };
        }
    }

    // Where nobody has configured who may use it, the API answers its own machine without either.
    private static void AddSecurity(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>(
            Token,
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A token of the configured issuer.",
            }
        );
        document.AddComponent<IOpenApiSecurityScheme>(
            Key,
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKey.Header,
                Description = "The key of a machine: NAME.SECRET.",
            }
        );
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, document)] = [] },
            new OpenApiSecurityRequirement(),
        ];
    }
}
