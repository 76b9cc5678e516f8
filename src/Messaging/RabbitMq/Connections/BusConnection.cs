using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Messaging.RabbitMq.Connections;

/// <summary>Where the broker is. Bound from the configuration section <c>RabbitMq</c>.</summary>
public sealed record BusConnection
{
    /// <summary>
    /// Host name or address. Several, separated by commas, are the nodes of a cluster: whichever answers is used. Each may name a port of
    /// its own, as in <c>rabbit-1,rabbit-2:5673</c>.
    /// </summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The AMQP port, of all hosts that name none.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 5672;

    /// <summary>The virtual host.</summary>
    public string VirtualHost { get; init; } = "/";

    /// <summary>The service's own user.</summary>
    public string Username { get; init; } = string.Empty;

    /// <summary>Its password.</summary>
    public string Password { get; init; } = string.Empty;

    /// <summary>
    /// How long a consumer may be served nothing while its queue has messages, before its connection is closed and opened again. The same
    /// when no message seems to wait, because the broker may have lost a delivery; but each time twice as long as before, up to an hour.
    /// </summary>
    [Range(typeof(TimeSpan), "1s", "1d")]
    public TimeSpan StallPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The largest message that is sent, in bytes: 16 MiB, which is RabbitMQ's own limit from its version 4 on. A larger one stays in the
    /// outbox with its reason, because the broker would close the connection that its neighbours are on. Not more than the broker's
    /// <c>max_message_size</c>.
    /// </summary>
    [Range(65_536, 536_870_912)]
    public int LargestMessage { get; init; } = 16 * 1024 * 1024;

    /// <summary>TLS, and mutual TLS.</summary>
    public BrokerTls Tls { get; init; } = new();

    private Renewable<BusConnection>? Renewed { get; init; }

    private NodeTurns Turns { get; init; } = new();

    /// <summary>
    /// Reads it from settings, and reads passwords and certificates anew for each connection that is made. What a later section says goes
    /// before an earlier one.
    /// </summary>
    /// <param name="configuration">All settings.</param>
    /// <param name="sections">The sections, for example <c>RabbitMq</c>.</param>
    /// <exception cref="InvalidSettingException">Something is missing or wrong; the message names the key.</exception>
    public static BusConnection Read(IConfiguration configuration, params string[] sections)
    {
        var connection = Checked();
        return connection with { Renewed = new Renewable<BusConnection>(connection, Checked) };

        BusConnection Checked()
        {
            var read = configuration.ReadShared<BusConnection>(sections);
            read.Tls.Check(read);
            read.Nodes();
            return read;
        }
    }

    /// <summary>What holds for a connection that is made now.</summary>
    internal BusConnection Now() => Renewed?.Current ?? this;

    /// <summary>The cluster's nodes as they are named, or the one broker.</summary>
    internal BrokerNode[] Nodes()
    {
        var nodes = Host.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Node).ToArray();
        if (nodes.Length == 0)
        {
            throw new InvalidOperationException(
                "RabbitMq:Host is empty. Name the broker's host, or the nodes of a cluster separated by commas."
            );
        }

        return nodes;
    }

    /// <summary>The same for the next connection, in the order in which they are to be tried.</summary>
    internal IReadOnlyList<BrokerNode> NodesInTurn() => Turns.Next(Nodes());

    private BrokerNode Node(string address)
    {
        var colon = address.LastIndexOf(':');
        var isWithoutPort = colon < 0 || address.EndsWith(']') || (address.IndexOf(':') != colon && !address.StartsWith('['));
        if (isWithoutPort)
        {
            // An address of IPv6 has colons of its own.
            return new BrokerNode(address.Trim('[', ']'), Port);
        }

        return
            int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and < 65536
            ? new BrokerNode(address[..colon].Trim('[', ']'), port)
            : throw new InvalidOperationException(
                $"RabbitMq:Host names the node '{address}', whose port is not a number from 1 to 65535. Write host:port."
            );
    }
}

/// <summary>One broker, or one of a cluster.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">The AMQP port.</param>
internal sealed record BrokerNode(string Host, int Port);
