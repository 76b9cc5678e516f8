using System.Net.Sockets;
using RabbitMQ.Client;

namespace SagaOrchestrator.Outbox.Dispatch.RabbitMq;

/// <summary>A socket for RabbitMQ's client with a <see cref="GatheringStream"/>.</summary>
internal sealed class GatheringSocket(Socket socket) : TcpClientAdapter(socket)
{
    private GatheringStream? stream;

    public static GatheringSocket Of(AddressFamily family) => new(new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });

    public override NetworkStream GetStream() => stream ??= new GatheringStream(Client);

    public override void Close()
    {
        stream?.Dispose();
        base.Close();
    }
}
