using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SagaOrchestrator.Http.Answers;
using SagaOrchestrator.Http.Breakers;
using SagaOrchestrator.Http.GetHistory;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.Health;
using SagaOrchestrator.Http.ListSagas;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Http.SignalSaga;
using SagaOrchestrator.Http.StartSaga;
using SagaOrchestrator.Http.Summarize;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Http;

/// <summary>The REST API, its description and its UI, in an ASP.NET Core application.</summary>
public static class SagaApi
{
    /// <summary>Where the UI is.</summary>
    public const string UiPath = "/swagger";

    /// <summary>Adds what the API needs. Settings are read from the sections <c>Limits</c> and <c>Starts</c>.</summary>
    public static void AddSagaApi(this IServiceCollection services, IConfiguration configuration)
    {
        StartLimits.Add(services, configuration);
        IdRoutes.AddConstraint(services);
        var limits = configuration.Read<IntakeLimits>("Limits");
        var largest = Math.Max(limits.StartBytes, limits.DocumentBytes + RequestBody.AroundDocument);
        services.Configure<KestrelServerOptions>(server => HttpLimits.Apply(server, largest));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        ReadDeadline.Add(services);
        services.AddExceptionHandler<UnexpectedFailure>().AddProblemDetails();
        services.AddSingleton<OperatorDesk>();
        services.AddOpenApi("v1", options => options.AddOperationTransformer<StartExamples>().AddDocumentTransformer((document, _, _) =>
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

    /// <summary>Maps the routes, the health checks, the description and its UI.</summary>
    public static void MapSagaApi(this WebApplication app)
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
