using Acme.Cards;
using Microsoft.EntityFrameworkCore;
using SagaOrchestrator.Participants.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddDbContext<ChargeContext>(options => options.UseNpgsql(builder.Configuration.GetConnectionString("cards")));
builder.Services.AddParticipant(
    "cards",
    participant =>
        participant.ReadServersFrom(builder.Configuration).AddScripts(typeof(ChargeCardStep).Assembly, "schema/").AddStep<ChargeCardStep>()
);
builder.Build().Run();
