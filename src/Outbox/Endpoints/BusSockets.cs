using System.Net.Sockets;
using SagaOrchestrator.Outbox.Dispatch.RabbitMq;

namespace SagaOrchestrator.Outbox.Endpoints;

/// <summary>The socket of a bus's connection, so that a connection that serves nothing can be broken. The bus then makes another, to the next node.</summary>
internal sealed class BusSockets
{
    private GatheringSocket? last;

    public GatheringSocket Open(AddressFamily family)
    {
        var opened = GatheringSocket.Of(family);
        Volatile.Write(ref last, opened);
        return opened;
    }

    public void Break() => Volatile.Read(ref last)?.Close();
}
