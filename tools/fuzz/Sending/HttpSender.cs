using System.Net.Sockets;
using SagaOrchestrator.Fuzz.Generating;

namespace SagaOrchestrator.Fuzz.Sending;

/// <summary>Sends requests as bytes, each on a connection of its own.</summary>
internal static class HttpSender
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<HttpAnswer> Send(Uri server, HostileRequest request, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var answer = new MemoryStream();
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(server.Host, server.Port, patience.Token);
            var reading = Read(socket, answer, patience.Token);
            await Write(socket, request, server, patience.Token);
            await reading;
        }
        catch (SocketException)
        {
            // The server has closed; what came before counts.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HttpAnswer.Hang;
        }

        return HttpAnswer.Of(answer.ToArray());
    }

    private static async Task Write(Socket socket, HostileRequest request, Uri server, CancellationToken cancellationToken)
    {
        try
        {
            ReadOnlyMemory<byte> left = request.Bytes(server);
            while (left.Length > 0)
            {
                left = left[await socket.SendAsync(left, cancellationToken)..];
            }

            if (request.IsBroken)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // It answers before it has all, and has closed.
        }
    }

    private static async Task Read(Socket socket, MemoryStream answer, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await socket.ReceiveAsync(buffer, cancellationToken)) > 0)
        {
            answer.Write(buffer, 0, read);
            if (IsStream(answer))
            {
                // It has no end; that it began is the answer.
                return;
            }
        }
    }

    private static bool IsStream(MemoryStream answer)
    {
        var text = System.Text.Encoding.ASCII.GetString(answer.GetBuffer(), 0, (int)Math.Min(answer.Length, 4096));
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return head > 0 && text[..head].Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
    }
}
