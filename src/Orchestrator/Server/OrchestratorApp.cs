using SagaOrchestrator.Console;
using SagaOrchestrator.Http;
using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Server.Sagas;
using SagaOrchestrator.Telemetry;

namespace SagaOrchestrator.Server;

/// <summary>The orchestrator as a process: RabbitMQ, Postgres, REST.</summary>
internal static class OrchestratorApp
{
    public const string ServiceName = "orchestrator";

    /// <param name="args">Settings as command-line arguments.</param>
    /// <param name="add">More services, for example further plans.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? add = null)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                Args = args,
                // Settings beside the program; a content root at the working directory would be watched, data folders included.
                ContentRootPath = AppContext.BaseDirectory,
            }
        );
        builder.Configuration.AddSecretFiles();
        builder.AddServiceLogging(ServiceName);
        builder.AddServiceTelemetry(ServiceName);
        builder.Services.AddSagaApi(builder.Configuration);
        builder.Services.AddSagaGraphQl(builder.Configuration);
        builder.Services.AddSagaConsole(builder.Configuration);
        builder
            .Services.AddSagaOrchestrator(options => options.ReadServersFrom(builder.Configuration))
            .Services.AddOrderPlans(builder.Configuration);
        add?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapSagaApi();
        app.MapSagaGraphQl();
        app.MapSagaConsole();
        app.MapUnknownPaths();
        return app;
    }

    /// <summary>Runs until the process is asked to end, by a signal or by the token, or cannot go on.</summary>
    /// <returns>The process's exit status; not zero when it ended without having been asked to.</returns>
    public static async Task<int> Run(WebApplication app, CancellationToken cancellationToken = default)
    {
        var lifetime = app.Lifetime;
        using var request = new EndRequest(cancellationToken);
        try
        {
            await ((IHost)app).RunAsync(cancellationToken);
        }
        catch (Exception)
            when (lifetime.ApplicationStopping.IsCancellationRequested && !lifetime.ApplicationStarted.IsCancellationRequested)
        {
            // Ended before everything was started: what is cut off says so in many ways.
        }

        return await request.WasMade() ? Environment.ExitCode : 1;
    }
}
