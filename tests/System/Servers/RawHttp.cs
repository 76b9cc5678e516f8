using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>HTTP as bytes: what no client library would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends the bytes, says that no more come, and reads what is answered until the server closes.</summary>
    public static async Task<RawAnswer> Send(Uri server, byte[] request, bool ends = true)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 30_000 };
        await socket.ConnectAsync(server.Host, server.Port);
        await socket.SendAsync(request);
        if (ends)
        {
            socket.Shutdown(SocketShutdown.Send);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var answer = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await socket.ReceiveAsync(buffer, patience.Token)) > 0)
        {
            answer.Write(buffer, 0, read);
        }

        return RawAnswer.Of(Encoding.UTF8.GetString(answer.ToArray()));
    }

    /// <summary>A request in text, whose lines end as HTTP wants. It asks for the connection to be closed after it.</summary>
    public static Task<RawAnswer> Send(Uri server, string line, string headers, string body, bool ends = true) =>
        Send(
            server,
            Encoding.Latin1.GetBytes($"{line} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n{headers}\r\n{body}"),
            ends
        );
}

/// <summary>What came back.</summary>
internal sealed record RawAnswer(int Status, string Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public static RawAnswer Of(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = end < 0 ? text : text[..end];
        var status = headers.Length > 12 ? int.Parse(headers.AsSpan(9, 3), CultureInfo.InvariantCulture) : 0;
        var body = end < 0 ? string.Empty : text[(end + 4)..];
        return new RawAnswer(status, headers, headers.Contains("chunked", StringComparison.OrdinalIgnoreCase) ? Joined(body) : body);
    }

    private static string Joined(string chunks)
    {
        // Chunk sizes count bytes; the answers that are looked at are of one chunk.
        var first = chunks.IndexOf("\r\n", StringComparison.Ordinal);
        var last = chunks.LastIndexOf("\r\n0\r\n", StringComparison.Ordinal);
        return first < 0 || last < first ? chunks : chunks[(first + 2)..last];
    }
}
