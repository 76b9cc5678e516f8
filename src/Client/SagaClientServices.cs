using Microsoft.Extensions.DependencyInjection;

namespace SagaOrchestrator.Client;

/// <summary>Registers a <see cref="SagaClient"/>.</summary>
public static class SagaClientServices
{
    /// <summary>Adds a <see cref="SagaClient"/> that every class may ask for.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configure">Where the API is, and who calls it.</param>
    /// <returns>The builder of its HTTP client, for handlers of one's own. They need no retries: the client repeats what it may.</returns>
    /// <exception cref="ArgumentException">A setting is missing or wrong. The message names it, and a right value.</exception>
    public static IHttpClientBuilder AddSagaClient(this IServiceCollection services, Action<SagaClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new SagaClientOptions();
        configure(options);
        if (options.Objection() is { } objection)
        {
            throw new ArgumentException(objection, nameof(configure));
        }

        return services
            .AddHttpClient(
                nameof(SagaClient),
                http =>
                {
                    http.BaseAddress = ApiCalls.Slashed(options.Address!);
                    // Streams have no end of their own; each call has its own time.
                    http.Timeout = Timeout.InfiniteTimeSpan;
                }
            )
            // A redirect would take the key to another host, and turn a start into a read.
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) }
            )
            .AddTypedClient(http => new SagaClient(http, options));
    }
}
