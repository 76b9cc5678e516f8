using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SagaOrchestrator.Host.Operations;
using SagaOrchestrator.Host.Operations.Breakers;
using SagaOrchestrator.Host.Operations.GetHistory;
using SagaOrchestrator.Host.Operations.GetSaga;
using SagaOrchestrator.Host.Operations.Health;
using SagaOrchestrator.Host.Operations.ListSagas;
using SagaOrchestrator.Host.Operations.OperateSaga;
using SagaOrchestrator.Host.Operations.Problems;
using SagaOrchestrator.Host.Operations.Requests;
using SagaOrchestrator.Host.Operations.SignalSaga;
using SagaOrchestrator.Host.Operations.StartSaga;
using SagaOrchestrator.Host.Operations.Summarize;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Outbox.Settings;

namespace SagaOrchestrator.Host;

/// <summary>The REST API, its description and its UI.</summary>
internal static class OrchestratorApi
{
    public const string UiPath = "/swagger";

    public static void AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        StartLimits.Add(services, configuration);
        IdRoutes.AddConstraint(services);
        var limits = configuration.Read<IntakeLimits>("Limits");
        var largest = Math.Max(limits.StartBytes, limits.DocumentBytes + RequestBody.AroundDocument);
        services.Configure<KestrelServerOptions>(server => HttpLimits.Apply(server, largest));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        ReadDeadline.Add(services);
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
        app.UseStatusCodePages(BareAnswers.Fill);
        app.Use(RequestDoor.Pass);
        app.UseRequestTimeouts();
        var api = app.MapGroup(Routes.Sagas).WithTags("Sagas");
        var reads = app.MapGroup(Routes.Sagas).WithTags("Sagas").WithReadDeadline();
        StartSagaEndpoint.Map(api);
        SummarizeEndpoint.Map(reads);
        GetSagaEndpoint.Map(reads);
        GetHistoryEndpoint.Map(reads);
        ListSagasEndpoint.Map(reads);
        SignalSagaEndpoint.Map(api);
        OperateSagaEndpoints.Map(api);
        IdRoutes.MapNoId(api);
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
