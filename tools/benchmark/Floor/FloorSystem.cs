using Microsoft.Extensions.Configuration;
using Npgsql;
using RabbitMQ.Client;
using SagaOrchestrator.Benchmarks.Floor.Effects;
using SagaOrchestrator.Benchmarks.Floor.Group;
using SagaOrchestrator.Benchmarks.Floor.PerMessage;
using SagaOrchestrator.Benchmarks.Floor.Sagas;
using SagaOrchestrator.Benchmarks.Floor.Wire;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Benchmarks.Floor;

/// <summary>What the same durable work costs at least: no framework, no fences, no timers, no history, no traces.</summary>
internal static class FloorSystem
{
    public const string Schema = "floor";

    private const int Concurrency = 32;

    public static Task<Served> Orchestrator(bool grouped) =>
        Start(Roles.Orchestrator, Roles.Orchestrator, database => new SagaWork(new SagaTable(database)), Concurrency, grouped);

    public static async Task<Served> Participants(bool grouped)
    {
        var services = new List<Served>();
        foreach (var step in Steps.All)
        {
            services.Add(
                await Start(
                    Roles.Participants,
                    step.Participant,
                    database => new StepWork(new EffectTable(database)),
                    Concurrency / Steps.All.Count,
                    grouped
                )
            );
        }

        return Served.All(services);
    }

    private static async Task<Served> Start(
        string role,
        string queue,
        Func<NpgsqlDataSource, IFloorWork> work,
        int concurrency,
        bool grouped
    )
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        await SchemaMigrator.Migrate(
            ConnectionStrings.Required(configuration, "Migrator"),
            Schema,
            FloorRole,
            SchemaScript.Embedded(typeof(FloorSystem).Assembly, $"floor/{role}/"),
            CancellationToken.None
        );
        var database = ServiceDatabase.Open(ConnectionStrings.Required(configuration, "Floor")).Source;
        var connection = await Connect(configuration.GetSection("RabbitMq").Get<BusConnection>()!);
        await FloorTopology.Declare(connection);
        var publisher = await ConfirmingPublisher.On(connection);
        var outbox = new FloorOutbox(database);
        await outbox.SendLeftOver(publisher);
        IAsyncDisposable loop = grouped
            ? await GroupLoop.Start(connection, queue, work(database), publisher)
            : await MessageLoop.Start(connection, queue, concurrency, work(database), publisher, outbox);
        return new Served(async () =>
        {
            await loop.DisposeAsync();
            await publisher.DisposeAsync();
            await connection.DisposeAsync();
            await database.DisposeAsync();
        });
    }

    /// <summary>The role that both processes use; each has a database of its own.</summary>
    public const string FloorRole = Roles.Orchestrator;

    private static Task<IConnection> Connect(BusConnection broker) =>
        new ConnectionFactory
        {
            HostName = broker.Host,
            Port = broker.Port,
            VirtualHost = broker.VirtualHost,
            UserName = broker.Username,
            Password = broker.Password,
            AutomaticRecoveryEnabled = false,
        }.CreateConnectionAsync();
}
