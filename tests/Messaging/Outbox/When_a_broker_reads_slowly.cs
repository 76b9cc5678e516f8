using System.Net;
using System.Net.Sockets;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>
/// What is written while bytes are on their way leaves in one piece, complete and in order, and a writer waits for a reader that does not
/// read.
/// </summary>
public sealed class When_a_broker_reads_slowly
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] Block = new byte[64 * 1024];

    private Socket broker = null!;
    private GatheringSocket client = null!;
    private NetworkStream stream = null!;

    [SetUp]
    public async Task Connect()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        client = GatheringSocket.Of(AddressFamily.InterNetwork);
        await client.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint!).Port);
        broker = await listener.AcceptAsync();
        stream = client.GetStream();
    }

    [TearDown]
    public void Disconnect()
    {
        client.Dispose();
        broker.Dispose();
        stream.Dispose();
    }

    [Test]
    public async Task Should_get_everything_in_order()
    {
        const int numbers = 50_000;
        var reading = Read(numbers * sizeof(int));
        for (var number = 0; number < numbers; number++)
        {
            await stream.WriteAsync(BitConverter.GetBytes(number)).AsTask().WaitAsync(Patience);
        }

        var read = await reading.WaitAsync(Patience);
        Enumerable.Range(0, numbers).ShouldAllBe(number => BitConverter.ToInt32(read, number * sizeof(int)) == number);
    }

    [Test]
    public async Task Should_make_a_writer_wait_until_it_reads()
    {
        var (blocks, stuck) = await WriteUntilStuck();
        stuck.IsCompleted.ShouldBeFalse();
        await Read(blocks * Block.Length).WaitAsync(Patience);
        await stuck.WaitAsync(Patience);
    }

    [Test]
    public async Task Should_hold_up_nobody_once_it_is_gone()
    {
        var (_, stuck) = await WriteUntilStuck();
        broker.LingerState = new LingerOption(enable: true, seconds: 0);
        broker.Dispose();
        await stuck.WaitAsync(Patience);
        for (var block = 0; block < 100; block++)
        {
            await stream.WriteAsync(Block).AsTask().WaitAsync(Patience);
        }

        (await Should.ThrowAsync<IOException>(async () => await stream.ReadExactlyAsync(new byte[1]))).ShouldNotBeNull();
    }

    [Test]
    public async Task Should_not_hold_up_a_writer_who_gives_up()
    {
        using var given = new CancellationTokenSource();
        await WriteUntilStuck();
        var writing = stream.WriteAsync(Block, given.Token).AsTask();
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => writing.WaitAsync(Patience));
    }

    // The system keeps some megabytes for the reader, so it takes many blocks.
    private async Task<(int Blocks, Task Stuck)> WriteUntilStuck()
    {
        for (var blocks = 1; blocks < 10_000; blocks++)
        {
            var writing = stream.WriteAsync(Block).AsTask();
            try
            {
                await writing.WaitAsync(TimeSpan.FromSeconds(1));
            }
            catch (TimeoutException)
            {
                return (blocks, writing);
            }
        }

        throw new InvalidOperationException("The writer never had to wait.");
    }

    private async Task<byte[]> Read(int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count; )
        {
            read += await broker.ReceiveAsync(bytes.AsMemory(read));
        }

        return bytes;
    }
}
