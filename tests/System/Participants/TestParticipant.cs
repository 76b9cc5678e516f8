using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Outbox;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Endpoints;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;
using SagaOrchestrator.Participants;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>A participant of a test's own behind the queue of notifications.</summary>
internal sealed class TestParticipant : IAsyncDisposable
{
    private const string Name = "notifications";
    private readonly IHost host;

    private TestParticipant(IHost host) => this.host = host;

    public ParticipantEndpoint Endpoint => host.Services.GetRequiredService<ParticipantEndpoint>();

    /// <summary>Ends when its process would be asked to end.</summary>
    public Task AskedToEnd =>
        Eventually.True(
            () => Task.FromResult(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested),
            "it is asked to end"
        );

    /// <param name="system">Where the product's own one is stopped.</param>
    /// <param name="add">Adds the steps.</param>
    /// <param name="configure">Changes the endpoint.</param>
    /// <param name="port">Where the consumer finds the broker; else it goes there directly.</param>
    /// <param name="publisherPort">Where what is sent finds the broker; else it goes there directly.</param>
    public static async Task<TestParticipant> Replace(
        RunningSystem system,
        Action<ParticipantEndpoint> add,
        Action<IReceiveEndpointConfigurator>? configure = null,
        int? port = null,
        int? publisherPort = null
    )
    {
        await system.StopParticipant(Name);
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        var broker = new BusConnection
        {
            Port = TestServers.RabbitMqPort,
            VirtualHost = system.Sandbox.Name,
            Username = Name,
            Password = Name + "-dev",
        };
        builder.Services.AddRabbitMqBus(broker with { Port = port ?? broker.Port }, "test");
        builder.Services.AddSingleton(_ => new RabbitMqPublisher(
            broker with
            {
                Port = publisherPort ?? broker.Port,
            },
            "test",
            NullLogger.Instance
        ));
        builder.Services.AddSingleton(_ => ServiceDatabase.Open(system.Sandbox.Connection(Name)));
        builder.Services.AddSingleton(provider => new ServiceOutbox(
            Name,
            ParticipantEndpoint.Committer(provider.GetRequiredService<ServiceDatabase>(), Name),
            new PostgresOutboxStore(provider.GetRequiredService<ServiceDatabase>().Source, Name),
            provider.GetRequiredService<RabbitMqPublisher>(),
            NullLogger.Instance
        ));
        builder.Services.AddSingleton(provider =>
        {
            var endpoint = ParticipantEndpoint.OnPostgres(
                Name,
                Name,
                provider.GetRequiredService<ServiceDatabase>(),
                provider.GetRequiredService<ServiceOutbox>(),
                NullLogger.Instance
            );
            add(endpoint);
            return endpoint;
        });
        builder.Services.AddSingleton(provider =>
        {
            var endpoint = provider.GetRequiredService<ParticipantEndpoint>().Build();
            return endpoint with
            {
                Handlers = configurator =>
                {
                    configure?.Invoke(configurator);
                    endpoint.Handlers(configurator);
                },
            };
        });
        builder.Logging.ClearProviders();
        var participant = new TestParticipant(builder.Build());
        await participant.host.StartAsync();
        return participant;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
