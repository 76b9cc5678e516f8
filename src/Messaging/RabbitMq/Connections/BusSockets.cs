using System.Net.Sockets;

namespace SagaOrchestrator.Messaging.RabbitMq.Connections;

/// <summary>
/// The socket of a bus's connection, so that a connection that serves nothing can be broken. The bus then makes another, to the next node.
/// </summary>
internal sealed class BusSockets
{
    private GatheringSocket? last;
    private int opened;

    /// <summary>How many there were.</summary>
    public int Opened => Volatile.Read(ref opened);

    /// <summary>Whether the last one is closed.</summary>
    public bool IsDown => Volatile.Read(ref last) is { IsDown: true };

    public GatheringSocket Open(AddressFamily family)
    {
        var socket = GatheringSocket.Of(family);
        Volatile.Write(ref last, socket);
        Interlocked.Increment(ref opened);
        return socket;
    }

    public void Break() => Volatile.Read(ref last)?.Close();
}
