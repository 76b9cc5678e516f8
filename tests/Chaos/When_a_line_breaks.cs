using System.Net;
using System.Net.Sockets;
using System.Text;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Tests;

/// <summary>A server that answers each piece with the same, behind a line.</summary>
internal sealed class When_a_line_breaks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private TcpListener server = null!;
    private Task serving = null!;
    private Line line = null!;
    private Socket client = null!;
    private volatile int asked;

    [SetUp]
    public async Task Connect()
    {
        asked = 0;
        server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        serving = Serve();
        line = new Line("client", "server", ((IPEndPoint)server.LocalEndpoint).Port);
        client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, line.Port);
        (await Ask("hello")).ShouldBe("hello");
    }

    [TearDown]
    public async Task Disconnect()
    {
        client.Dispose();
        await line.DisposeAsync();
        server.Dispose();
        await serving;
    }

    [Test]
    public async Task Should_reset_connections_when_it_is_cut()
    {
        line.Cut();

        await Should.ThrowAsync<SocketException>(() => Ask("anybody there?"));
    }

    [Test]
    public async Task Should_take_connections_after_it_was_cut()
    {
        line.Cut();
        client.Dispose();
        client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, line.Port);

        (await Ask("again")).ShouldBe("again");
    }

    [Test]
    public async Task Should_hold_everything_back_while_it_is_silent()
    {
        line.Set(new LineState { IsSilent = true });

        await Should.ThrowAsync<OperationCanceledException>(() => Ask("a", Moment));
        asked.ShouldBe(1);
        line.Set(LineState.Clear);
        (await Answer(Patience)).ShouldBe("a");
    }

    [Test]
    public async Task Should_deliver_what_is_asked_while_it_loses_answers()
    {
        line.Set(new LineState { LosesAnswers = true });

        await Should.ThrowAsync<OperationCanceledException>(() => Ask("a", Moment));
        asked.ShouldBe(2);
        line.Set(LineState.Clear);
        await Should.ThrowAsync<OperationCanceledException>(() => Ask("b", Moment));
    }

    [Test]
    public async Task Should_deliver_everything_in_order_when_it_is_slow()
    {
        line.Set(new LineState { BytesPerSecond = 2000 });

        (await Ask(new string('x', 150) + "end")).ShouldBe(new string('x', 150) + "end");
    }

    private async Task<string> Ask(string text, TimeSpan? within = null)
    {
        await client.SendAsync(Encoding.UTF8.GetBytes(text));
        return await Answer(within ?? Patience, text.Length);
    }

    private async Task<string> Answer(TimeSpan within, int length = 1)
    {
        using var limit = new CancellationTokenSource(within);
        var buffer = new byte[1024];
        var read = 0;
        while (read < length)
        {
            var more = await client.ReceiveAsync(buffer.AsMemory(read), limit.Token);
            if (more == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            read += more;
        }

        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    private async Task Serve()
    {
        var connections = new List<Task>();
        while (true)
        {
            try
            {
                connections.Add(Echo(await server.AcceptSocketAsync()));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                await Task.WhenAll(connections);
                return;
            }
        }
    }

    private async Task Echo(Socket socket)
    {
        var buffer = new byte[1024];
        try
        {
            int read;
            while ((read = await socket.ReceiveAsync(buffer)) > 0)
            {
                Interlocked.Increment(ref asked);
                await socket.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (SocketException)
        {
            // Cut.
        }

        socket.Dispose();
    }
}
