using System.Net;
using System.Net.Sockets;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Servers;

/// <summary>
/// A TCP line from one client to one server, which can be cut, slowed down, or go silent. The kernel here has no traffic control that
/// delays, so every connection of the product goes over a line.
/// </summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private readonly HashSet<Socket> open = [];
    private readonly Lock gate = new();
    private readonly Task accepting;
    private volatile LineState state = LineState.Clear;

    public Line(string from, string to, int target)
    {
        (From, To, this.target) = (from, to, target);
        listener.Start();
        accepting = Accept();
    }

    public string From { get; }

    public string To { get; }

    public string Name => $"{From} to {To}";

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>From now on, for all connections.</summary>
    public void Set(LineState next) => state = next;

    /// <summary>Resets every connection. New ones can be made.</summary>
    public void Cut()
    {
        lock (gate)
        {
            foreach (var socket in open)
            {
                Reset(socket);
            }

            open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Set(LineState.Clear);
        Cut();
        await accepting;
    }

    private static void Reset(Socket socket)
    {
        try
        {
            // Without lingering, closing sends a reset.
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptSocketAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = Serve(client);
        }
    }

    private async Task Serve(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        if (state.IsRefused)
        {
            Reset(client);
            server.Dispose();
            return;
        }

        try
        {
            await server.ConnectAsync(IPAddress.Loopback, target);
        }
        catch (SocketException)
        {
            Reset(client);
            server.Dispose();
            return;
        }

        lock (gate)
        {
            open.Add(client);
            open.Add(server);
        }

        await Task.WhenAll(Copy(client, server, answers: false), Copy(server, client, answers: true));
        lock (gate)
        {
            open.Remove(client);
            open.Remove(server);
        }

        client.Dispose();
        server.Dispose();
    }

    private async Task Copy(Socket from, Socket to, bool answers)
    {
        var buffer = new byte[64 * 1024];
        var lost = false;
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                if (answers && (lost || state.LosesAnswers))
                {
                    // With a piece missing, the rest would be taken for something else.
                    lost = true;
                    continue;
                }

                await Forward(to, buffer.AsMemory(0, read));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            Reset(from);
            Reset(to);
        }
    }

    private async Task Forward(Socket to, ReadOnlyMemory<byte> bytes)
    {
        var now = state;
        if (now.Delay > TimeSpan.Zero)
        {
            await Wait.For(now.Delay);
        }

        // Nothing arrives, and nobody is told: the sender's buffers fill up.
        while (state.IsSilent)
        {
            await Wait.For(TimeSpan.FromMilliseconds(50));
        }

        while (!bytes.IsEmpty)
        {
            var piece = now.BytesPerSecond is { } rate ? bytes[..Math.Min(bytes.Length, Math.Max(1, rate / 20))] : bytes;
            for (var sent = 0; sent < piece.Length; )
            {
                sent += await to.SendAsync(piece[sent..]);
            }

            bytes = bytes[piece.Length..];
            if (now.BytesPerSecond is not null)
            {
                await Wait.For(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}

/// <summary>How a line behaves.</summary>
internal sealed record LineState
{
    public static LineState Clear { get; } = new();

    public static LineState Refused { get; } = new() { IsRefused = true };

    /// <summary>No connection can be made.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Half-open: whatever is sent is held back, in both directions.</summary>
    public bool IsSilent { get; init; }

    /// <summary>What is asked arrives; the answers are lost, and those that follow on the same connection too. It is to be cut.</summary>
    public bool LosesAnswers { get; init; }

    /// <summary>Of each piece that is sent.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Null for as fast as it goes.</summary>
    public int? BytesPerSecond { get; init; }
}
