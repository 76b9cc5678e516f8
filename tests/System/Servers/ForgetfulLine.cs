using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>
/// A line to the broker that can have the consumers behind it forgotten: the broker is told in the client's name that they are cancelled,
/// and answers nothing. The connections stay alive, with heartbeats and everything; the queues keep their messages. This is what is left
/// of a consumer whose queue had its leader on a node that was paused.
/// </summary>
internal sealed class ForgetfulLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<Connection> open = [];
    private readonly Task accepting;

    public ForgetfulLine()
    {
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>A system whose services read their queues over this line, and soon look whether they are served.</summary>
    public Task<RunningSystem> StartSystem() =>
        RunningSystem.Start(settings =>
        {
            settings["RabbitMq:Port"] = Port.ToString(CultureInfo.InvariantCulture);
            settings["RabbitMq:StallPatience"] = "00:00:02";
        });

    /// <summary>Those that there are now; later ones are served.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ForgetConsumers()
    {
        Connection[] connections;
        lock (open)
        {
            connections = [.. open];
        }

        return (await Task.WhenAll(connections.Select(connection => connection.ForgetConsumers()))).Sum();
    }

    /// <summary>From now on what the broker delivers over the connections that there are gets lost. It takes it for delivered.</summary>
    public void LoseDeliveries()
    {
        lock (open)
        {
            open.ForEach(connection => connection.LoseDeliveries());
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        lock (open)
        {
            open.ForEach(connection => connection.Dispose());
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
                _ = connection.Answer();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private sealed class Connection(TcpClient client, TcpClient server) : IDisposable
    {
        private const int ProtocolHeader = 8;
        private const int FrameStart = 7;
        private const byte MethodFrame = 1;
        private const byte FrameEnd = 0xCE;
        private const ushort Basic = 60;
        private const ushort ConsumeOk = 21;
        private const ushort Cancel = 30;
        private const ushort Deliver = 60;

        private readonly SemaphoreSlim asking = new(1, 1);
        private readonly List<(ushort Channel, byte[] Tag)> consumers = [];
        private readonly HashSet<ushort> losing = [];
        private volatile bool losesDeliveries;

        public void LoseDeliveries() => losesDeliveries = true;

        public void Dispose()
        {
            // They are gone with it.
            lock (consumers)
            {
                consumers.Clear();
            }

            client.Dispose();
            server.Dispose();
            asking.Dispose();
        }

        public async Task<int> ForgetConsumers()
        {
            (ushort, byte[])[] known;
            lock (consumers)
            {
                known = [.. consumers];
                consumers.Clear();
            }

            foreach (var (channel, tag) in known)
            {
                await Send(CancelFrame(channel, tag));
            }

            return known.Length;
        }

        public Task Ask() =>
            UntilClosed(async () =>
            {
                var header = new byte[ProtocolHeader];
                await client.GetStream().ReadExactlyAsync(header);
                await Send(header);
                while (true)
                {
                    await Send(await ReadFrame(client.GetStream()));
                }
            });

        public Task Answer() =>
            UntilClosed(async () =>
            {
                while (true)
                {
                    var frame = await ReadFrame(server.GetStream());
                    Remember(frame);
                    if (!IsLost(frame))
                    {
                        await client.GetStream().WriteAsync(frame);
                    }
                }
            });

        // Between two frames of the client, never within one.
        private async Task Send(byte[] bytes)
        {
            await asking.WaitAsync();
            try
            {
                await server.GetStream().WriteAsync(bytes);
            }
            finally
            {
                asking.Release();
            }
        }

        private void Remember(byte[] frame)
        {
            var method = frame.AsSpan(FrameStart);
            if (
                frame[0] == MethodFrame
                && BinaryPrimitives.ReadUInt16BigEndian(method) == Basic
                && BinaryPrimitives.ReadUInt16BigEndian(method[2..]) == ConsumeOk
            )
            {
                lock (consumers)
                {
                    consumers.Add((BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(1)), method.Slice(5, method[4]).ToArray()));
                }
            }
        }

        // A delivery is a method, and what follows it on its channel until the next one.
        private bool IsLost(byte[] frame)
        {
            var channel = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(1));
            if (frame[0] == MethodFrame)
            {
                losing.Remove(channel);
                if (losesDeliveries && BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(FrameStart)) == ((uint)Basic << 16 | Deliver))
                {
                    losing.Add(channel);
                }
            }

            return channel != 0 && losing.Contains(channel);
        }

        private async Task UntilClosed(Func<Task> copy)
        {
            try
            {
                await copy();
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
            {
                Dispose();
            }
        }

        private static async Task<byte[]> ReadFrame(NetworkStream stream)
        {
            var start = new byte[FrameStart];
            await stream.ReadExactlyAsync(start);
            var frame = new byte[FrameStart + BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(3)) + 1];
            start.CopyTo(frame, 0);
            await stream.ReadExactlyAsync(frame.AsMemory(FrameStart));
            return frame;
        }

        private static byte[] CancelFrame(ushort channel, byte[] tag)
        {
            // Class, method, the tag as a short string, and a bit that asks for no answer.
            var frame = new byte[FrameStart + 4 + 1 + tag.Length + 1 + 1];
            frame[0] = MethodFrame;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), channel);
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(3), frame.Length - FrameStart - 1);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(7), Basic);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(9), Cancel);
            frame[11] = (byte)tag.Length;
            tag.CopyTo(frame, 12);
            frame[^2] = 1;
            frame[^1] = FrameEnd;
            return frame;
        }
    }
}
