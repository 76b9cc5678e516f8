using Npgsql;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Outbox.Commit;
using SagaOrchestrator.Outbox.Commit.Groups;
using SagaOrchestrator.Outbox.Dispatch;
using SagaOrchestrator.Outbox.Dispatch.RabbitMq;
using SagaOrchestrator.Outbox.Endpoints;
using SagaOrchestrator.Outbox.Health;
using SagaOrchestrator.Outbox.Retention;
using SagaOrchestrator.Outbox.Schema;
using SagaOrchestrator.Outbox.Settings;
using SagaOrchestrator.Participants.Kit;
using SagaOrchestrator.Participants.Kit.Fencing;
using SagaOrchestrator.Telemetry;

namespace SagaOrchestrator.Participants.Services;

/// <summary>One participant as a host of its own: own database role, own broker user, own queue.</summary>
internal static class ParticipantApp
{
    /// <summary>Builds a service's host. Settings under the service's name, such as <c>inventory:RabbitMq:Username</c>, go before the shared ones.</summary>
    /// <param name="service">The service.</param>
    /// <param name="args">Settings as command-line arguments.</param>
    /// <param name="add">More services.</param>
    public static IHost Build(ParticipantService service, string[] args, Action<IServiceCollection>? add = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = args,
            // Settings beside the program; a content root at the working directory would be watched, data folders included.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddServiceLogging(service.Name);
        builder.Services.AddRabbitMqBus(Broker(builder.Configuration, service.Name), service.Name);
        builder.Services.AddSingleton(builder.Configuration.Read<IntakeLimits>("Limits"));
        AddService(builder.Services, service, builder.Configuration);
        add?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>Applies a service's schema when a connection string of a role that may do so is given.</summary>
    public static async Task Migrate(ParticipantService service, IConfiguration configuration)
    {
        if (ConnectionStrings.Optional(configuration, "Migrator") is { } migrator)
        {
            await SchemaMigrator.Migrate(migrator, service.Name, service.Name, service.Schema, CancellationToken.None);
        }
    }

    private static void AddService(IServiceCollection services, ParticipantService service, ConfigurationManager configuration)
    {
        services.AddSingleton(_ => ServiceDatabase.Open(ConnectionStrings.Required(configuration, service.Name)));
        services.AddSingleton(provider => provider.GetRequiredService<ServiceDatabase>().Source);
        services.AddSingleton(provider => ParticipantEndpoint.Committer(provider.GetRequiredService<ServiceDatabase>(), service.Name));
        services.AddSingleton(provider => new RabbitMqPublisher(
            Broker(configuration, service.Name), service.Name, provider.GetRequiredService<ILoggerFactory>().CreateLogger<RabbitMqPublisher>()));
        services.AddSingleton(provider => new ServiceOutbox(
            service.Name,
            provider.GetRequiredService<GroupCommitter>(),
            new PostgresOutboxStore(provider.GetRequiredService<NpgsqlDataSource>(), service.Name),
            provider.GetRequiredService<RabbitMqPublisher>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<ServiceOutbox>()));
        services.AddSingleton(provider =>
        {
            var endpoint = ParticipantEndpoint.OnPostgres(
                service.Name, service.Name, provider.GetRequiredService<ServiceDatabase>(), provider.GetRequiredService<ServiceOutbox>(),
                provider.GetRequiredService<ILoggerFactory>().CreateLogger<ParticipantEndpoint>());
            service.AddSteps(endpoint, provider.GetRequiredService<NpgsqlDataSource>(), configuration);
            return endpoint.Build();
        });
        var retention = configuration.ReadShared<ParticipantRetention>("Retention");
        services.AddHostedService(provider => new CleanUp(
            provider.GetRequiredService<NpgsqlDataSource>(), retention.Rules(service.Name), retention.Every,
            TimeProvider.System, provider.GetRequiredService<ILogger<CleanUp>>()));
        services.AddHostedService(provider => new OutboxSweeper(provider.GetRequiredService<ServiceOutbox>(), TimeSpan.FromSeconds(2)));
        services.AddServiceConditions(Broker(configuration, service.Name), service.Name, service.Name);
    }

    private static BusConnection Broker(ConfigurationManager configuration, string service) =>
        configuration.ReadShared<BusConnection>("RabbitMq", service + ":RabbitMq");
}
