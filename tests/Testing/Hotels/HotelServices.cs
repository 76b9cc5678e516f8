using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Participants.Hosting;

namespace SagaOrchestrator.Testing.Tests.Hotels;

/// <summary>What the program of the hotels registers.</summary>
public static class HotelServices
{
    public static IServiceCollection AddHotels(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton<Rooms>()
            .AddScoped<Bookings>()
            .AddParticipant("hotels", hotels => hotels.ReadServersFrom(configuration).AddStep<BookRoomStep>());
}
