using System.Globalization;
using SagaOrchestrator.Chaos.Processes;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Servers;

/// <summary>A node of the broker's cluster, from Debian's package, with everything it keeps under one folder.</summary>
internal sealed class BrokerNode : IAsyncDisposable
{
    /// <summary>With less memory than this in use it takes messages.</summary>
    public const string MemoryLimit = "1GB";

    /// <summary>With more than this left on the disk it takes messages.</summary>
    public const string DiskLimit = "200MB";

    private const string Binaries = "/usr/lib/rabbitmq/bin/";

    private readonly Dictionary<string, string> environment;
    private readonly string pidFile;

    /// <param name="number">1 and up; the ports follow from it.</param>
    /// <param name="folder">What the cluster keeps.</param>
    /// <param name="logs">Where output goes.</param>
    /// <param name="portBase">The first of the ports.</param>
    /// <param name="setup">How it is set up.</param>
    /// <param name="supervisor">The script that restarts a node which stays partitioned.</param>
    public BrokerNode(int number, string folder, string logs, int portBase, BrokerSetup setup, string supervisor)
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"chaos{portBase}-{number}@localhost");
        Port = portBase + (number * 10);
        ConsolePort = Port + 1;
        pidFile = Path.Combine(folder, $"node{number}.pid");
        environment = new Dictionary<string, string>
        {
            ["HOME"] = folder,
            ["ERL_EPMD_PORT"] = portBase.ToString(CultureInfo.InvariantCulture),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = Name,
            ["RABBITMQ_DIST_PORT"] = (Port + 2).ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, $"node{number}.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_PID_FILE"] = pidFile,
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                "+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}",
        };
        File.WriteAllText(environment["RABBITMQ_CONFIG_FILE"], Configuration(setup));
        Script = new OwnedProcess(
            $"broker-{number}",
            ProcessKind.Broker,
            Path.Combine(logs, $"broker-{number}.log"),
            () => new ProcessCommand(Binaries + "rabbitmq-server", [], environment)
        );
        Supervisor = new OwnedProcess(
            $"broker-{number}-supervisor",
            ProcessKind.Broker,
            Path.Combine(logs, $"broker-{number}-supervisor.log"),
            () =>
                new ProcessCommand(
                    supervisor,
                    [Console, Name],
                    new Dictionary<string, string>(environment) { ["RABBITMQCTL"] = Binaries + "rabbitmqctl" }
                )
        );
    }

    public string Name { get; }

    public int Port { get; }

    public int ConsolePort { get; }

    /// <summary>The shell script that the Erlang machine is a child of.</summary>
    public OwnedProcess Script { get; }

    /// <summary>What looks after it, as it would where the product runs.</summary>
    public OwnedProcess Supervisor { get; }

    public bool IsUp => Script.IsUp;

    private string Console => string.Create(CultureInfo.InvariantCulture, $"http://admin:admin-dev@127.0.0.1:{ConsolePort}");

    private int Machine => int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture);

    public void Start()
    {
        File.Delete(pidFile);
        Script.Start();
    }

    /// <summary>SIGKILL for the Erlang machine, if it has come so far.</summary>
    public async Task Kill()
    {
        if (File.Exists(pidFile))
        {
            Signals.Send(Machine, Signals.Kill);
        }

        await Script.Kill();
    }

    public void Pause() => Signals.Send(Machine, Signals.Stop);

    public void Resume() => Signals.Send(Machine, Signals.Continue);

    public Task<string> Control(params string[] arguments) =>
        Tool.Run(Binaries + "rabbitmqctl", ["-q", "-n", Name, .. arguments], environment);

    /// <summary>Cuts it off from other nodes: each takes the other for a stranger.</summary>
    public Task CutOff(IEnumerable<BrokerNode> others) =>
        Control("eval", $"[begin erlang:set_cookie(N, bogus), erlang:disconnect_node(N) end || N <- [{Names(others)}]].");

    /// <summary>Undoes that.</summary>
    public Task Reconnect(IEnumerable<BrokerNode> others) =>
        Control("eval", $"[erlang:set_cookie(N, erlang:get_cookie()) || N <- [{Names(others)}]].");

    public async ValueTask DisposeAsync()
    {
        await Supervisor.DisposeAsync();
        if (IsUp && File.Exists(pidFile))
        {
            Resume();
            await Kill();
        }

        await Script.DisposeAsync();
    }

    /// <summary>Stops the name server that the nodes share.</summary>
    public async Task StopNameServer()
    {
        var machine = Directory.EnumerateFiles("/usr/lib/erlang", "epmd", SearchOption.AllDirectories).First();
        // It refuses while it believes that a node is alive, for a moment after the last one was killed.
        await Wait.Until(
            async () => await Tool.Run(machine, ["-port", environment["ERL_EPMD_PORT"], "-kill"]) is not null,
            TimeSpan.FromSeconds(10)
        );
    }

    private static string Names(IEnumerable<BrokerNode> nodes) => string.Join(", ", nodes.Select(node => $"'{node.Name}'"));

    private string Configuration(BrokerSetup setup) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            listeners.tcp.1 = 127.0.0.1:{Port}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {ConsolePort}
            vm_memory_high_watermark.absolute = {MemoryLimit}
            disk_free_limit.absolute = {DiskLimit}
            cluster_partition_handling = {setup.PartitionHandling}
            net_ticktime = {setup.NetTickTime}
            {setup.Configuration}
            default_user = admin
            default_pass = admin-dev

            """
        );
}
