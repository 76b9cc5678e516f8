using SagaOrchestrator.Benchmarks.Driving;

namespace SagaOrchestrator.Benchmarks.Measuring;

/// <summary>What the servers are and how they are set.</summary>
internal sealed record ServerSettings(
    string PostgresVersion,
    string RabbitMqVersion,
    string ErlangVersion,
    IReadOnlyDictionary<string, string> Postgres,
    string QueueType
)
{
    private static readonly string[] Durability = ["fsync", "synchronous_commit", "full_page_writes"];
    private static readonly string[] Others = ["wal_compression", "shared_buffers", "max_wal_size", "wal_level"];

    /// <summary>Reads them, and refuses a server that may lose what it has confirmed: it is fast for the wrong reason.</summary>
    public static async Task<ServerSettings> ReadDurable(BenchServers servers)
    {
        var settings = await Read(servers);
        settings.RefuseUnlessDurable();
        return settings;
    }

    private static async Task<ServerSettings> Read(BenchServers servers)
    {
        var settings = new Dictionary<string, string>();
        foreach (var name in Durability.Concat(Others))
        {
            settings[name] = await servers.Query<string>($"select current_setting('{name}')");
        }

        var overview = await servers.Broker.Overview();
        return new ServerSettings(
            await servers.Query<string>("select current_setting('server_version')"),
            overview.GetProperty("rabbitmq_version").GetString()!,
            overview.GetProperty("erlang_version").GetString()!,
            settings,
            "quorum"
        );
    }

    private void RefuseUnlessDurable()
    {
        foreach (var name in Durability)
        {
            if (Postgres[name] is not "on")
            {
                throw new BenchmarkFailure($"Postgres's {name} is '{Postgres[name]}'. Set it to 'on': only durable servers are compared.");
            }
        }
    }
}
