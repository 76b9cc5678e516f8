using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Http;

/// <summary>Starts that come a few bytes at a time, more of them than there are permits.</summary>
public sealed class When_senders_are_slow
{
    private const int AtOnce = 4;
    private const int Slow = 40;
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        system = await RunningSystem.Start(settings => settings["Starts:AtOnce"] = AtOnce.ToString(CultureInfo.InvariantCulture));

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_take_the_honest_starts_meanwhile_and_cut_the_slow()
    {
        var senders = await Task.WhenAll(Enumerable.Range(0, Slow).Select(_ => SlowSender.Begin(system.Api.BaseAddress!)));
        try
        {
            for (var honest = 0; honest < 20; honest++)
            {
                (await system.Api.Post(Order.Of())).StatusCode.ShouldBe(HttpStatusCode.Accepted);
                await Task.WhenAll(senders.Select(sender => sender.Trickle()));
            }

            await Eventually.True(
                async () =>
                {
                    await Task.WhenAll(senders.Select(sender => sender.Trickle()));
                    return senders.All(sender => sender.IsCut);
                },
                "every slow sender is cut"
            );
            senders.ShouldAllBe(sender => sender.Answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal));
        }
        finally
        {
            Array.ForEach(senders, sender => sender.Dispose());
        }
    }

    [Test]
    public async Task Should_take_a_small_start_that_comes_in_pieces()
    {
        var body = Encoding.UTF8.GetBytes(Order.Of().ToJsonString());
        using var sender = await SlowSender.Begin(system.Api.BaseAddress!, body.Length);
        foreach (var piece in body.Chunk(body.Length / 8))
        {
            await sender.Send(piece);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            await timer.WaitForNextTickAsync();
        }

        await Eventually.True(
            () => Task.FromResult(sender.Answer.StartsWith("HTTP/1.1 202", StringComparison.Ordinal)),
            "the start is accepted"
        );
    }

    private sealed class SlowSender(Socket socket) : IDisposable
    {
        private readonly StringBuilder answer = new();

        public bool IsCut { get; private set; }

        public string Answer
        {
            get
            {
                Listen();
                return answer.ToString();
            }
        }

        public static async Task<SlowSender> Begin(Uri server, int length = 5000)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server.Host, server.Port);
            await socket.SendAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /api/v1/sagas/order-fulfillment HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: "
                        + $"application/json\r\nContent-Length: {length}\r\n\r\n"
                )
            );
            return new SlowSender(socket);
        }

        /// <summary>One byte more, unless the server has had enough.</summary>
        public Task Trickle()
        {
            Listen();
            return IsCut ? Task.CompletedTask : Send(" "u8.ToArray());
        }

        public async Task Send(byte[] bytes)
        {
            try
            {
                await socket.SendAsync(bytes);
            }
            catch (SocketException)
            {
                IsCut = true;
            }
        }

        public void Dispose() => socket.Dispose();

        private void Listen()
        {
            try
            {
                var buffer = new byte[8 * 1024];
                while (!IsCut && socket.Poll(0, SelectMode.SelectRead))
                {
                    var read = socket.Receive(buffer);
                    answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
                    IsCut = read == 0;
                }
            }
            catch (SocketException)
            {
                IsCut = true;
            }
        }
    }
}
