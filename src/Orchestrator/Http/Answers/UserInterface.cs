using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Description;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Answers;

/// <summary>The description of the API and its UI.</summary>
internal static class UserInterface
{
    /// <summary>Behind what the host itself has at these paths.</summary>
    private const int Late = 1000;

    public static void Map(IEndpointRouteBuilder own, string path)
    {
        DescribedApi.Map(own).WithOrder(Late).WithAccess(SagaRole.Open);
        var pages = own.CreateApplicationBuilder()
            .UseSwaggerUI(ui =>
            {
                ui.SwaggerEndpoint("../openapi/v1.json", "SagaOrchestrator v1");
                ui.RoutePrefix = path.TrimStart('/');
                ui.DocumentTitle = "SagaOrchestrator API";
            })
            .Build();
        own.MapMethods(path + "/{**file}", [HttpMethods.Get, HttpMethods.Head], http => Show(http, pages))
            .ExcludeFromDescription()
            .WithMetadata(new UiMark())
            .WithOrder(Late)
            .WithAccess(SagaRole.Open);
        own.MapGet("/", (HttpContext http) => TypedResults.Redirect(ApiPaths.Of(http).Base + path))
            .ExcludeFromDescription()
            .WithOrder(Late)
            .WithAccess(SagaRole.Open);
    }

    // The pages know no prefix, and show themselves only where no endpoint was chosen.
    private static async Task Show(HttpContext http, RequestDelegate pages)
    {
        var (endpoint, path, pathBase) = (http.GetEndpoint(), http.Request.Path, http.Request.PathBase);
        var prefix = ApiPaths.Of(http).Prefix;
        http.SetEndpoint(null);
        http.Request.PathBase = pathBase.Add(prefix);
        http.Request.Path = path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase, out var rest) ? rest : path;
        try
        {
            await pages(http);
        }
        finally
        {
            http.Request.PathBase = pathBase;
            http.Request.Path = path;
            http.SetEndpoint(endpoint);
        }
    }
}
