using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>
/// A line to the broker on which connections stay alive, with heartbeats, confirms and answers, but are served no messages any more. This is what
/// a consumer sees that a paused node of a cluster has forgotten. Connections that are made later are served.
/// </summary>
internal sealed class DeafLine : IAsyncDisposable
{
    private const byte Method = 1;
    private const byte Header = 2;
    private const byte Body = 3;
    private const int FrameStart = 7;

    // basic.deliver
    private const uint Deliver = (60u << 16) | 60u;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<Connection> open = [];
    private readonly Task accepting;

    public DeafLine()
    {
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>From now on, those that are open are served nothing.</summary>
    public void StopServing()
    {
        lock (open)
        {
            open.ForEach(connection => connection.IsDeaf = true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        lock (open)
        {
            open.ForEach(connection => connection.Close());
        }

        await accepting;
    }

    private async Task Accept()
    {
        while (true)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, TestServers.RabbitMqPort);
                var connection = new Connection(client, server);
                lock (open)
                {
                    open.Add(connection);
                }

                _ = connection.Ask();
                _ = connection.Serve();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private sealed class Connection(TcpClient client, TcpClient server)
    {
        private volatile bool isDeaf;

        public bool IsDeaf
        {
            set => isDeaf = value;
        }

        public void Close()
        {
            client.Dispose();
            server.Dispose();
        }

        public async Task Ask()
        {
            try
            {
                await server.GetStream().FlushAsync();
                await client.GetStream().CopyToAsync(server.GetStream());
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // Closed.
            }

            Close();
        }

        public async Task Serve()
        {
            var start = new byte[FrameStart];
            var dropping = false;
            try
            {
                while (true)
                {
                    await server.GetStream().ReadExactlyAsync(start);
                    var rest = new byte[BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(3)) + 1];
                    await server.GetStream().ReadExactlyAsync(rest);
                    dropping = start[0] switch
                    {
                        Method => isDeaf && BinaryPrimitives.ReadUInt32BigEndian(rest) == Deliver,
                        Header or Body => dropping,
                        _ => false,
                    };
                    if (!dropping)
                    {
                        await client.GetStream().WriteAsync(start);
                        await client.GetStream().WriteAsync(rest);
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // Closed.
            }

            Close();
        }
    }
}
