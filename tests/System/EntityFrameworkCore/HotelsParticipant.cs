using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.EntityFrameworkCore;

/// <summary>A participant's host as a team writes it, behind the queue of notifications, and commands for it by hand.</summary>
internal sealed class HotelsParticipant : IAsyncDisposable
{
    public const string Name = "notifications";
    private const string Replied = "replies";

    private readonly IHost host;
    private readonly bool ownsSandbox;

    private HotelsParticipant(IHost host, Sandbox sandbox, bool ownsSandbox) =>
        (this.host, Sandbox, this.ownsSandbox) = (host, sandbox, ownsSandbox);

    public Sandbox Sandbox { get; }

    public Instead Instead => host.Services.GetRequiredService<Instead>();

    public DeferredReplies DeferredReplies => host.Services.GetRequiredService<DeferredReplies>();

    /// <param name="register">Adds the context; with its connection string when left out.</param>
    /// <param name="sandbox">Where it runs; the caller disposes it. Null for one of its own.</param>
    public static async Task<HotelsParticipant> Start(Action<IServiceCollection, string>? register = null, Sandbox? sandbox = null)
    {
        var place = sandbox ?? await Sandbox.Create();
        await CreateTables(place);
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Instead>();
        register ??= (services, connection) => services.AddDbContext<HotelsContext>(options => options.UseNpgsql(connection));
        register(builder.Services, place.Connection(Name));
        builder.Services.AddParticipant(
            Name,
            participant =>
                participant
                    .UsePostgres(place.Connection(Name), place.Connection("postgres"))
                    .UseRabbitMq(
                        new BusConnection
                        {
                            Port = TestServers.RabbitMqPort,
                            VirtualHost = place.Name,
                            Username = Name,
                            Password = Name + "-dev",
                        }
                    )
                    .AddStep<BookRoomsStep>()
        );
        var hotels = new HotelsParticipant(builder.Build(), place, ownsSandbox: sandbox is null);
        await place.Subscribe("to.orchestrator", Replied);
        await hotels.host.StartAsync();
        return hotels;
    }

    public AsyncServiceScope Scope() => host.Services.CreateAsyncScope();

    public Task AddHotel(string city, int rooms) =>
        Sandbox.Execute($"""insert into {Name}."Hotels" ("City", "Rooms") values ('{city}', {rooms})""");

    public Task<int> Rooms(string city) => Sandbox.Query<int>($"""select "Rooms" from {Name}."Hotels" where "City" = '{city}'""");

    public Task<long> Bookings(Guid sagaId) =>
        Sandbox.Query<long>($"""select count(*) from {Name}."Bookings" where "SagaId" = '{sagaId}'""");

    /// <summary>Sends the command that executes the step.</summary>
    public Task Book(Guid sagaId, string city = "", int rooms = 1, int attempt = 1, Guid? messageId = null) =>
        Send(nameof(BookRooms), sagaId, "do", attempt, new JsonObject { ["city"] = city, ["rooms"] = rooms }, messageId);

    /// <summary>Sends the command that undoes it.</summary>
    public Task Cancel(Guid sagaId, int attempt = 1) => Send(nameof(CancelRooms), sagaId, "undo", attempt, [], null);

    /// <summary>Waits for a saga's replies.</summary>
    public async Task<IReadOnlyList<JsonElement>> Replies(Guid sagaId, int count = 1) =>
        await Eventually.Get(
            async () =>
                (await Sandbox.Peek(Replied))
                    .Select(message => message.Message)
                    .Where(message => message.GetProperty("sagaId").GetGuid() == sagaId)
                    .ToList(),
            replies => replies.Count >= count,
            $"{count} replies for {sagaId}"
        );

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        if (ownsSandbox)
        {
            await Sandbox.DisposeAsync();
        }
    }

    private static async Task CreateTables(Sandbox sandbox)
    {
        await using var db = new HotelsContext(
            new DbContextOptionsBuilder<HotelsContext>().UseNpgsql(sandbox.Connection("postgres")).Options
        );
        await sandbox.Execute(db.Database.GenerateCreateScript());
        await sandbox.Execute($"grant select, insert, update, delete on all tables in schema {Name} to {Name}");
    }

    private Task Send(string type, Guid sagaId, string direction, int attempt, JsonObject body, Guid? messageId)
    {
        body["saga"] = new JsonObject
        {
            ["sagaId"] = sagaId.ToString(),
            ["sagaType"] = "trip",
            ["businessKey"] = "x",
            ["replyTo"] = "to.orchestrator",
            ["step"] = "book_rooms",
            ["direction"] = direction,
            ["attempt"] = attempt,
            ["commandId"] = Guid.NewGuid().ToString(),
        };
        return Sandbox.Publish(Name, Envelope.Of($"{typeof(BookRooms).Namespace}:{type}", body, messageId));
    }
}
