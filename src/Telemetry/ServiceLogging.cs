using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace SagaOrchestrator.Telemetry;

/// <summary>JSON log lines on standard output, one object a line.</summary>
public static class ServiceLogging
{
    /// <summary>Sends every log line to Serilog. Levels and sinks can be changed in the configuration section <c>Serilog</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The service's name, on every line as <c>Service</c>.</param>
    public static void AddServiceLogging(this IHostApplicationBuilder builder, string service)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .Enrich.WithProperty("Service", service)
            .Filter.ByExcluding(SecondLines.IsOne)
            .WriteTo.Console(new BoundedLines(new JsonFormatter(renderMessage: true)))
            .ReadFrom.Configuration(builder.Configuration)
            .CreateLogger();
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(logger, dispose: true);
    }
}
