using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Participants.Hosting;

namespace SagaOrchestrator.Testing.Tests.Hotels;

/// <summary>What the program of the hotels registers.</summary>
public static class HotelServices
{
    public static IServiceCollection AddHotels(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<Rooms>()
        .AddScoped<Bookings>()
        .AddParticipant("hotels", hotels => hotels
            .UsePostgres(configuration.GetConnectionString("Database")!)
            .UseRabbitMq(new BusConnection { Host = configuration["RabbitMq:Host"]!, Username = "hotels" })
            .AddStep<BookRoomStep>());
}
