using Npgsql;
using SagaOrchestrator.Host.Deadlines;
using SagaOrchestrator.Host.Plans.Versions;
using SagaOrchestrator.Host.Postgres;
using SagaOrchestrator.Outbox.Commit;
using SagaOrchestrator.Outbox.Endpoints;
using SagaOrchestrator.Outbox.Schema;
using SagaOrchestrator.Outbox.Settings;
using SagaOrchestrator.Telemetry;

namespace SagaOrchestrator.Host;

/// <summary>The orchestrator as a process: RabbitMQ, Postgres, REST.</summary>
internal static class OrchestratorApp
{
    public const string ServiceName = "orchestrator";

    /// <summary>Every script of the orchestrator's schema, in order.</summary>
    public static IReadOnlyList<SchemaScript> Schema { get; } =
        [.. SchemaScript.Outbox, .. SchemaScript.Embedded(typeof(OrchestratorApp).Assembly, "orchestrator/"), QuartzSchema.Script];

    /// <param name="args">Settings as command-line arguments.</param>
    /// <param name="add">More services, for example further plans.</param>
    public static async Task<WebApplication> Build(string[] args, Action<IServiceCollection>? add = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // Settings beside the program; a content root at the working directory would be watched, data folders included.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddServiceLogging(ServiceName);
        builder.AddServiceTelemetry(ServiceName);
        builder.Services.AddApi(builder.Configuration);
        // Before the rest, so that the bus stops last: timers and sweeper still need it.
        builder.Services.AddRabbitMqBus(
            builder.Configuration.ReadShared<BusConnection>("RabbitMq"), ServiceName);
        builder.Services.AddOrchestrator(builder.Configuration);
        add?.Invoke(builder.Services);
        await Startup.WhenPossible(() => Migrate(builder.Configuration), CancellationToken.None);
        var app = builder.Build();
        await Startup.WhenPossible(() => Check(app.Services, CancellationToken.None), CancellationToken.None);
        app.MapApi();
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
        catch (Exception) when (lifetime.ApplicationStopping.IsCancellationRequested && !lifetime.ApplicationStarted.IsCancellationRequested)
        {
            // Ended before everything was started: what is cut off says so in many ways.
        }

        return await request.WasMade() ? Environment.ExitCode : 1;
    }

    private static async Task Check(IServiceProvider services, CancellationToken cancellationToken)
    {
        await QuartzSchema.Check(services.GetRequiredService<NpgsqlDataSource>(), PostgresSagaStore.Schema, cancellationToken);
        await services.GetRequiredService<PlanVersionCheck>().Run(cancellationToken);
    }

    /// <summary>Applies the schema when a connection string of a role that may do so is given; else the schema must be there.</summary>
    public static async Task Migrate(IConfiguration configuration)
    {
        if (ConnectionStrings.Optional(configuration, "Migrator") is { } migrator)
        {
            await SchemaMigrator.Migrate(
                migrator, PostgresSagaStore.Schema, configuration["Migration:OrchestratorRole"] ?? "orchestrator",
                Schema, CancellationToken.None);
        }
    }
}
