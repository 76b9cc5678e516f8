using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.Health;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Groups;
using SagaOrchestrator.Messaging.Postgres.Health;
using SagaOrchestrator.Messaging.Postgres.Outbox;
using SagaOrchestrator.Messaging.Postgres.Retention;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Endpoints;
using SagaOrchestrator.Messaging.RabbitMq.Health;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Choreography.Hosting;

/// <summary>A service as a host of its own: inbox, outbox and effects in one schema, one queue, one broker user.</summary>
internal static class ServiceHost
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(2);

    // Longer than the broker or an outbox can hold a copy.
    private static readonly TimeSpan InboxAge = TimeSpan.FromDays(30);

    public static IHost Build(Service service)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddSecretFiles();
        builder.Logging.ClearProviders().AddJsonConsole().SetMinimumLevel(LogLevel.Warning);
        var broker = BusConnection.Read(builder.Configuration, "RabbitMq", service.Name + ":RabbitMq");
        builder.Services.AddSingleton(builder.Configuration.Read<IntakeLimits>("Limits"));
        AddDatabase(builder.Services, service, DatabaseConnection.Read(builder.Configuration, service.Name)!);
        builder.Services.AddRabbitMqBus(broker, service.Name);
        AddOutbox(builder.Services, service, broker);
        builder.Services.AddSingleton(provider =>
        {
            var reactions = new Reactions();
            service.React(reactions, provider.GetRequiredService<ServiceDatabase>(), builder.Configuration);
            return new ServiceEndpoint(service.Name, provider.GetRequiredService<ServiceOutbox>(), Prefetch: 64, reactions.Configure);
        });
        builder
            .Services.AddPostgresCondition(service.Name)
            .AddRabbitMqConditions(broker, service.Name)
            .AddOutboxCondition()
            .AddConditionWatch(service.Name);
        return builder.Build();
    }

    private static void AddDatabase(IServiceCollection services, Service service, DatabaseConnection connection)
    {
        services.AddSingleton(_ => service.Migration(migrator: null));
        services.AddHostedService<SchemaBeforeStart>();
        services.AddSingleton(_ => ServiceDatabase.Open(connection));
        services.AddSingleton(provider => provider.GetRequiredService<ServiceDatabase>().Source);
        services.AddSingleton(provider => GroupCommitter.Start(provider.GetRequiredService<ServiceDatabase>(), service.Name));
        services.AddHostedService(provider => new CleanUpService(
            new CleanUp(
                provider.GetRequiredService<ServiceDatabase>().Source,
                [RetentionRule.Inbox(service.Name, InboxAge)],
                provider.GetRequiredService<ILogger<CleanUp>>()
            ),
            TimeSpan.FromHours(1),
            TimeProvider.System
        ));
    }

    private static void AddOutbox(IServiceCollection services, Service service, BusConnection broker)
    {
        services.AddSingleton(provider => new RabbitMqPublisher(
            broker,
            service.Name,
            provider.GetRequiredService<ILogger<RabbitMqPublisher>>()
        ));
        services.AddSingleton(provider => new ServiceOutbox(
            service.Name,
            provider.GetRequiredService<GroupCommitter>(),
            new PostgresOutboxStore(provider.GetRequiredService<ServiceDatabase>().Source, service.Name),
            provider.GetRequiredService<RabbitMqPublisher>(),
            provider.GetRequiredService<ILogger<ServiceOutbox>>()
        ));
        services.AddHostedService(provider => new OutboxSweeper(provider.GetRequiredService<ServiceOutbox>(), SweepEvery));
    }
}
