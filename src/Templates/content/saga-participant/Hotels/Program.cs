using Hotels;
using SagaOrchestrator.Participants.Hosting;
#if (efcore)
using Microsoft.EntityFrameworkCore;
#endif

var builder = Host.CreateApplicationBuilder(args);
#if (efcore)
builder.Services.AddDbContext<BookingContext>(options => options.UseNpgsql(builder.Configuration.GetConnectionString("participant-name")));
#endif
builder.Services.AddParticipant(
    "participant-name",
    participant =>
        participant.ReadServersFrom(builder.Configuration).AddScripts(typeof(BookHotelStep).Assembly, "schema/").AddStep<BookHotelStep>()
);
return await builder.Build().RunParticipantCommands(args);
