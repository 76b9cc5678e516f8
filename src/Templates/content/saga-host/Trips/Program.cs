using SagaOrchestrator;
using SagaOrchestrator.Http;
using Trips;

var builder = WebApplication.CreateBuilder(args);

// Servers are in appsettings.json; UseInMemory() needs none, and forgets everything.
builder.Services.AddSagaOrchestrator(options => options.ReadServersFrom(builder.Configuration)).AddPlan<TripPlan>();
builder.Services.AddSagaApi(builder.Configuration);

var app = builder.Build();
app.MapSagaApi();
return await app.RunSagaCommands(args);
