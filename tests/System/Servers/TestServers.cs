using System.Net.Http.Headers;
using System.Text;
using Npgsql;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>The servers that infra/test started.</summary>
internal static class TestServers
{
    public static string Postgres => Setting("SAGA_TEST_POSTGRES");

    /// <summary>The administrator's connections to the server. Nobody closes them.</summary>
    public static NpgsqlDataSource Database => Administrator.Value;

    public static int RabbitMqPort => int.Parse(Setting("SAGA_TEST_RABBITMQ_PORT"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Where RabbitMQ serves its metrics.</summary>
    public static int RabbitMqMetricsPort =>
        int.Parse(Setting("SAGA_TEST_RABBITMQ_METRICS_PORT"), System.Globalization.CultureInfo.InvariantCulture);

    public static HttpClient RabbitMqConsole()
    {
        var console = new Uri(Setting("SAGA_TEST_RABBITMQ_CONSOLE"));
        // RabbitMQ closes what is idle for a minute; a request that meets that would fail.
        var connections = new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20) };
        var client = new HttpClient(connections) { BaseAddress = new Uri($"http://{console.Authority}") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(console.UserInfo))
        );
        return client;
    }

    /// <summary>The root of the clone, found upwards from the test's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The ring of keys for marked values.</summary>
    public static string KeyFile => Path.Combine(Root, "infra/sensitive.keys");

    private static readonly Lazy<NpgsqlDataSource> Administrator = new(() => NpgsqlDataSource.Create(Postgres));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SagaOrchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("These tests run inside the clone, which has SagaOrchestrator.sln at its root.");
    }

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set: these tests need real servers. Run infra/test, which starts them.");
}
