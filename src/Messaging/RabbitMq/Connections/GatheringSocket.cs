using System.Net.Sockets;
using RabbitMQ.Client;

namespace SagaOrchestrator.Messaging.RabbitMq.Connections;

/// <summary>A socket for RabbitMQ's client with a <see cref="GatheringStream"/>.</summary>
internal sealed class GatheringSocket(Socket socket) : TcpClientAdapter(socket)
{
    private GatheringStream? stream;

    public static GatheringSocket Of(AddressFamily family) =>
        new(new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });

    /// <summary>Whether it was closed, by us or by the other side.</summary>
    public bool IsDown
    {
        get
        {
            try
            {
                return Client.Poll(TimeSpan.Zero, SelectMode.SelectRead) && Client.Available == 0;
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
            {
                return true;
            }
        }
    }

    public override NetworkStream GetStream() => stream ??= new GatheringStream(Client);

    public override void Close()
    {
        stream?.Dispose();
        base.Close();
    }
}
