using System.Text.Json.Serialization;
using SagaOrchestrator.Host.Operations;
using SagaOrchestrator.Host.Operations.Breakers;
using SagaOrchestrator.Host.Operations.GetHistory;
using SagaOrchestrator.Host.Operations.GetSaga;
using SagaOrchestrator.Host.Operations.Health;
using SagaOrchestrator.Host.Operations.ListSagas;
using SagaOrchestrator.Host.Operations.OperateSaga;
using SagaOrchestrator.Host.Operations.SignalSaga;
using SagaOrchestrator.Host.Operations.StartSaga;
using SagaOrchestrator.Host.Operations.Summarize;

namespace SagaOrchestrator.Host;

/// <summary>The REST API, its description and its UI.</summary>
internal static class OrchestratorApi
{
    public const string UiPath = "/swagger";

    public static void AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        StartLimits.Add(services, configuration);
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "SagaOrchestrator";
            document.Info.Description = "Start sagas, see where they stand, signal them, and lead parked ones out.";
            return Task.CompletedTask;
        }));
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
    }

    public static void MapApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRateLimiter();
        var api = app.MapGroup(Routes.Sagas).WithTags("Sagas");
        StartSagaEndpoint.Map(api);
        SummarizeEndpoint.Map(api);
        GetSagaEndpoint.Map(api);
        GetHistoryEndpoint.Map(api);
        ListSagasEndpoint.Map(api);
        SignalSagaEndpoint.Map(api);
        OperateSagaEndpoints.Map(api);
        BreakerEndpoints.Map(app);
        HealthEndpoints.Map(app);
        app.MapOpenApi();
        app.UseSwaggerUI(ui =>
        {
            ui.SwaggerEndpoint("/openapi/v1.json", "SagaOrchestrator v1");
            ui.RoutePrefix = UiPath.TrimStart('/');
            ui.DocumentTitle = "SagaOrchestrator API";
        });
        app.MapGet("/", () => TypedResults.Redirect(UiPath)).ExcludeFromDescription();
    }
}
