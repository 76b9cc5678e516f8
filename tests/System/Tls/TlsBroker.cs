using System.Diagnostics;
using System.Globalization;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Tls;

/// <summary>A RabbitMQ of a test's own that takes TLS only, and only from who shows a certificate.</summary>
internal sealed class TlsBroker : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/rabbitmq/bin/";

    private readonly string folder;
    private readonly Dictionary<string, string> environment;
    private readonly string node;
    private readonly Process process;

    private TlsBroker(string folder)
    {
        (this.folder, Port) = (folder, FreePort.Find());
        node = string.Create(CultureInfo.InvariantCulture, $"tls{Port}@localhost");
        environment = new Dictionary<string, string>
        {
            ["HOME"] = folder,
            ["ERL_EPMD_PORT"] = Text(FreePort.Find()),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = node,
            ["RABBITMQ_DIST_PORT"] = Text(FreePort.Find()),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}",
        };
        File.WriteAllText(environment["RABBITMQ_ENABLED_PLUGINS_FILE"], "[rabbitmq_auth_mechanism_ssl].");
        File.WriteAllText(
            environment["RABBITMQ_CONFIG_FILE"],
            $"""
            listeners.tcp = none
            listeners.ssl.1 = 127.0.0.1:{Port}
            ssl_options.cacertfile = {folder}/ca.crt
            ssl_options.certfile = {folder}/server.crt
            ssl_options.keyfile = {folder}/server.key
            ssl_options.verify = verify_peer
            ssl_options.fail_if_no_peer_cert = true
            auth_mechanisms.1 = PLAIN
            auth_mechanisms.2 = EXTERNAL
            ssl_cert_login_from = common_name
            load_definitions = {TestServers.Root}/infra/rabbitmq/definitions.json
            disk_free_limit.absolute = 50MB
            raft.wal_max_size_bytes = 64000000
            """
        );
        process = OwnTool.Launch(Binaries + "rabbitmq-server", environment);
    }

    public int Port { get; }

    /// <param name="folder">Has server.crt, server.key and ca.crt.</param>
    public static async Task<TlsBroker> Start(string folder)
    {
        var broker = new TlsBroker(folder);
        await Eventually.True(() => Task.FromResult(File.Exists(broker.environment["RABBITMQ_PID_FILE"])), "RabbitMQ has a process");
        await broker.Control("await_startup", "--timeout", "60");
        return broker;
    }

    /// <summary>Certificates that were replaced hold for connections from now on.</summary>
    public Task ReadCertificatesAnew() => Control("eval", "ssl:clear_pem_cache().");

    public Task CloseConnections() => Control("close_all_connections", "--vhost", "saga", "rotated");

    public Task SetPassword(string user, string password) => Control("change_password", user, password);

    public async ValueTask DisposeAsync()
    {
        await Control("stop");
        await process.WaitForExitAsync();
        process.Dispose();
        var names = Directory.EnumerateFiles("/usr/lib/erlang", "epmd", SearchOption.AllDirectories).First();
        await OwnTool.Run(names, environment: null, "-port", environment["ERL_EPMD_PORT"], "-kill");
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private Task Control(params string[] arguments) => OwnTool.Run(Binaries + "rabbitmqctl", environment, ["-q", "-n", node, .. arguments]);
}
