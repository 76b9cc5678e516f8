using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Messaging.Endpoints;

/// <summary>Sets up MassTransit, on whatever transport, for the endpoints that are registered as <see cref="ServiceEndpoint"/>.</summary>
public static class ServiceBus
{
    /// <summary>Adds MassTransit.</summary>
    /// <param name="services">The container.</param>
    /// <param name="transport">Chooses and configures the transport, which calls <see cref="UseServiceEndpoints"/>.</param>
    public static IServiceCollection AddServiceBus(this IServiceCollection services, Action<IBusRegistrationConfigurator> transport)
    {
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            transport(bus);
        });
        services.Configure<MassTransitHostOptions>(options =>
        {
            options.WaitUntilStarted = false;
            options.StopTimeout = TimeSpan.FromSeconds(20);
        });
        return services;
    }

    /// <summary>Sets the envelope's format and adds every registered endpoint.</summary>
    /// <param name="bus">The bus that is being configured.</param>
    /// <param name="context">The container.</param>
    /// <param name="attributes">Reads what stands beside the body of a delivery that is no envelope.</param>
    /// <param name="configure">Configures one endpoint with <see cref="ServiceEndpoint.Configure"/>.</param>
    public static void UseServiceEndpoints<T>(
        this IBusFactoryConfigurator<T> bus,
        IBusRegistrationContext context,
        Func<ReceiveContext, MessageAttributes> attributes,
        Action<ServiceEndpoint, T, ILogger, CancellationToken> configure
    )
        where T : IReceiveEndpointConfigurator
    {
        bus.SendTopology.ErrorQueueNameFormatter = new DeadLetterQueueName();
        bus.SendTopology.DeadLetterQueueNameFormatter = new DeadLetterQueueName();
        bus.ConfigureJsonSerializerOptions(options =>
        {
            options.WriteIndented = false;
            return options;
        });
        // One reader for each content type: whatever is none of the formats is read as an envelope, and refused if it is none.
        var lean = new LeanSerializerFactory(context.GetService<IntakeLimits>() ?? IntakeLimits.Default, attributes);
        bus.ClearSerialization();
        bus.AddSerializer(lean);
        bus.AddDeserializer(lean, isDefault: true);
        var log = context.GetRequiredService<ILoggerFactory>().CreateLogger("SagaOrchestrator.Endpoint");
        var stopping = context.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        foreach (var endpoint in context.GetServices<ServiceEndpoint>())
        {
            bus.ReceiveEndpoint(endpoint.Queue, configurator => configure(endpoint, configurator, log, stopping));
        }
    }
}
