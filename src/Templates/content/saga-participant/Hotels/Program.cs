using Hotels;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Participants.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddParticipant("participant-name", participant => participant
    .UsePostgres(
        builder.Configuration.GetConnectionString("Database") ?? throw new InvalidOperationException("Set ConnectionStrings:Database."),
        builder.Configuration.GetConnectionString("Migrator"))
    .UseRabbitMq(builder.Configuration.GetRequiredSection("RabbitMq").Get<BusConnection>()!)
    .AddScripts(typeof(BookHotelStep).Assembly, "schema/")
    .AddStep<BookHotelStep>());
builder.Build().Run();
