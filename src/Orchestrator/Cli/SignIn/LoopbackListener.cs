using System.Net;
using System.Net.Sockets;
using System.Text;
using SagaOrchestrator.Cli.Api;

namespace SagaOrchestrator.Cli.SignIn;

/// <summary>Where the browser comes back to: a port of this machine, for one request that knows the state (RFC 8252).</summary>
internal sealed class LoopbackListener : IDisposable
{
    private const int LongestLine = 16 * 1024;
    private const string Path = "/signed-in";
    private static readonly TimeSpan PatienceWithOne = TimeSpan.FromSeconds(5);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public LoopbackListener() => listener.Start();

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}{Path}");

    /// <summary>Waits for the code. Whatever else comes, for example another page's request, is sent away.</summary>
    public async Task<string> Code(string state, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(cancellationToken);
            await using var stream = client.GetStream();
            var values = await Request(stream, cancellationToken);
            if (values is null || values.GetValueOrDefault("state") != state)
            {
                await Answer(stream, "404 Not Found", "There is nothing here.", cancellationToken);
                continue;
            }

            if (values.GetValueOrDefault("code") is { } code)
            {
                await Answer(stream, "200 OK", "You are signed in. Close this page and go back to the terminal.", cancellationToken);
                return code;
            }

            await Answer(stream, "200 OK", "You are not signed in. The terminal says why.", cancellationToken);
            throw new FailureException(
                $"The issuer did not sign you in: {values.GetValueOrDefault("error_description") ?? values.GetValueOrDefault("error")}.",
                "Run 'sagas login' again.",
                ExitCode.Refused
            );
        }
    }

    public void Dispose() => listener.Dispose();

    // The parameters of the one path; null for anything else.
    private static async Task<Dictionary<string, string>?> Request(NetworkStream stream, CancellationToken cancellationToken)
    {
        var line = await FirstLine(stream, cancellationToken);
        var target = line.Split(' ') is ["GET", var path, ..] ? path.Split('?', 2) : [];
        return target is [Path, var query]
            ? query
                .Split('&')
                .Select(pair => pair.Split('=', 2))
                .Where(pair => pair.Length == 2)
                .GroupBy(pair => Decoded(pair[0]), pair => Decoded(pair[1]), StringComparer.Ordinal)
                .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal)
            : null;
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static async Task<string> FirstLine(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(PatienceWithOne);
        var (buffer, filled) = (new byte[LongestLine], 0);
        try
        {
            // To the end of the head, so that the browser gets its answer and no reset.
            while (filled < buffer.Length && !buffer.AsSpan(0, filled).EndsWith("\r\n\r\n"u8))
            {
                var read = await stream.ReadAsync(buffer.AsMemory(filled), patience.Token);
                if (read == 0)
                {
                    break;
                }

                filled += read;
            }
        }
        catch (Exception exception)
            when (exception is IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return string.Empty;
        }

        return Encoding.Latin1.GetString(buffer, 0, filled).Split("\r\n")[0];
    }

    private static async Task Answer(NetworkStream stream, string status, string sentence, CancellationToken cancellationToken)
    {
        var answer =
            $"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {sentence.Length}\r\n"
            + $"Cache-Control: no-store\r\nConnection: close\r\n\r\n{sentence}";
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
        }
        catch (IOException)
        {
            // The browser does not wait for it; what it brought counts.
        }
    }
}
