using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Telemetry;

namespace SagaOrchestrator.Participants.Services;

/// <summary>One participant as a host of its own: own database role, own broker user, own queue.</summary>
internal static class ParticipantApp
{
    /// <summary>
    /// Builds a service's host. Settings under the service's name, such as <c>inventory:RabbitMq:Username</c>, go before the shared ones.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="args">Settings as command-line arguments.</param>
    /// <param name="add">More services.</param>
    public static IHost Build(ParticipantService service, string[] args, Action<IServiceCollection>? add = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings
            {
                Args = args,
                // Settings beside the program; a content root at the working directory would be watched, data folders included.
                ContentRootPath = AppContext.BaseDirectory,
            }
        );
        builder.Configuration.AddSecretFiles();
        builder.AddServiceLogging(service.Name);
        builder.Services.AddParticipant(
            service.Name,
            participant =>
            {
                participant.ReadServersFrom(builder.Configuration).AddScripts(typeof(ParticipantService).Assembly, service.Name + "/");
                service.Configure(participant, builder.Configuration);
            }
        );
        add?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>
    /// The exporter of a process: sources and meters are the process's, not a host's. So each service that is to have a name of its own has
    /// a process of its own.
    /// </summary>
    /// <param name="name">The process's name in the telemetry.</param>
    public static IHost Telemetry(string name)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Configuration.AddSecretFiles();
        builder.AddServiceLogging(name);
        builder.AddServiceTelemetry(name);
        return builder.Build();
    }
}
