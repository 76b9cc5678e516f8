using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Http;
using SagaOrchestrator.Server.Sagas;

namespace SagaOrchestrator.Tests.Access;

/// <summary>The API without servers, over HTTP, with settings of a test's own and with what it writes down about callers.</summary>
internal sealed class MemoryHost : IAsyncDisposable
{
    /// <summary>The secret of every key.</summary>
    public const string Secret = GuardedSystem.Secret;

    private readonly WebApplication app;

    private MemoryHost(WebApplication app, Recorder recorder) =>
        (this.app, Recorded, Api) = (app, recorder, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });

    public HttpClient Api { get; }

    public Recorder Recorded { get; }

    public IEnumerable<RouteEndpoint> Routes =>
        app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    /// <param name="settings">KEY=VALUE.</param>
    public static async Task<MemoryHost> Start(params string[] settings)
    {
        var recorder = new Recorder();
        var builder = WebApplication.CreateBuilder([.. settings.Select(setting => "--" + setting)]);
        builder.Logging.ClearProviders().AddProvider(recorder);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSagaOrchestrator(options => options.UseInMemory()).Services.AddOrderPlans(builder.Configuration);
        builder.Services.AddSagaApi(builder.Configuration);
        builder.Services.AddSagaGraphQl(builder.Configuration);
        var built = builder.Build();
        built.MapSagaApi();
        built.MapSagaGraphQl();
        built.MapUnknownPaths();
        await built.StartAsync();
        return new MemoryHost(built, recorder);
    }

    /// <summary>Settings of machines, each with roles: shop=read,start.</summary>
    public static IEnumerable<string> Keys(params string[] keys) =>
        keys.SelectMany(
            (key, number) =>
                new[]
                {
                    $"Auth:ApiKeys:{number}:Name={key.Split('=')[0]}",
                    $"Auth:ApiKeys:{number}:Roles={key.Split('=')[1]}",
                    $"Auth:ApiKeys:{number}:Sha256={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)))}",
                }
        );

    /// <param name="path">Where to.</param>
    /// <param name="key">Whose key goes with it; null for none.</param>
    /// <param name="headers">NAME: VALUE.</param>
    public async Task<HttpResponseMessage> Get(string path, string? key = null, params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Send(request, key, headers);
    }

    public async Task<HttpResponseMessage> Send(HttpRequestMessage request, string? key = null, params string[] headers)
    {
        foreach (var header in key is null ? headers : [.. headers, $"X-Api-Key: {key}.{Secret}"])
        {
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        }

        return await Api.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await app.DisposeAsync();
    }

    /// <summary>Keeps what is written down about callers, with its fields.</summary>
    internal sealed class Recorder : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<IReadOnlyDictionary<string, object?>> refused = new();

        /// <summary>The fields of each line of event 21.</summary>
        public IReadOnlyCollection<IReadOnlyDictionary<string, object?>> Refused => refused;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (eventId.Id == 21 && state is IEnumerable<KeyValuePair<string, object?>> fields)
            {
                refused.Enqueue(fields.ToDictionary(field => field.Key, field => field.Value));
            }
        }

        public void Dispose() { }
    }
}
