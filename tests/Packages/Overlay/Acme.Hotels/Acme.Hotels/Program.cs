using Acme.Hotels;
using SagaOrchestrator.Participants.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddParticipant(
    "hotels",
    participant =>
        participant
            .ReadServersFrom(builder.Configuration)
            .AddScripts(typeof(BookHotelStep).Assembly, "schema/")
            .AddStep<BookHotelStep>()
            .AddStep<PrintVoucherStep>()
);
builder.Build().Run();
