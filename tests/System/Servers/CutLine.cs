using System.Net;
using System.Net.Sockets;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>
/// A TCP line to a server of this machine that a test can cut: at once, or so that what is asked arrives and the answers do not.
/// </summary>
internal sealed class CutLine : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly int target;
    private readonly List<TcpClient> open = [];
    private readonly Task accepting;
    private volatile bool swallowing;
    private volatile bool refusing;
    private int refused;

    private CutLine(int target, int port)
    {
        this.target = target;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <param name="port">Where the server listens.</param>
    /// <param name="own">Where the line listens; 0 for any port that is free.</param>
    public static CutLine To(int port, int own = 0) => new(port, own);

    public void SwallowAnswers() => swallowing = true;

    /// <summary>Cuts it, and lets nobody through: the server is away.</summary>
    public void Refuse()
    {
        refusing = true;
        Cut();
    }

    /// <summary>How many were not let through.</summary>
    public int Refused => Volatile.Read(ref refused);

    /// <summary>Whether somebody is connected through it.</summary>
    public bool IsInUse
    {
        get
        {
            lock (open)
            {
                return open.Count > 0;
            }
        }
    }

    public void Mend() => swallowing = refusing = false;

    public void Cut()
    {
        lock (open)
        {
            open.ForEach(client => client.Dispose());
            open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Cut();
        await accepting;
    }

    private async Task Accept()
    {
        while (true)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync();
                if (refusing)
                {
                    client.Dispose();
                    Interlocked.Increment(ref refused);
                    continue;
                }

                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, target);
                lock (open)
                {
                    open.AddRange([client, server]);
                }

                _ = Copy(client, server, answers: false);
                _ = Copy(server, client, answers: true);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Copy(TcpClient from, TcpClient to, bool answers)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.GetStream().ReadAsync(buffer)) > 0)
            {
                if (!(answers && swallowing))
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }

        from.Dispose();
        to.Dispose();
    }
}
