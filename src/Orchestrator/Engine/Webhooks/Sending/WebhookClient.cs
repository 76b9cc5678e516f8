using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace SagaOrchestrator.Engine.Webhooks.Sending;

/// <summary>
/// Posts deliveries. It follows no redirect, uses no proxy, keeps no cookie, and connects to public addresses only, unless it is told
/// otherwise: whatever a name resolves to is looked at when the connection is made.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    public const string IdHeader = "webhook-id";
    public const string TimeHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    // What a receiver answers beside its status is of no use to anybody.
    private const int MostAnswerBytes = 64 * 1024;
    private const int MostHeaderKilobytes = 16;
    private static readonly TimeSpan LongestConnection = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Draining = TimeSpan.FromSeconds(1);
    private static readonly ProductInfoHeaderValue Product = new("SagaOrchestrator", null);

    private readonly WebhookOptions options;
    private readonly TimeProvider clock;
    private readonly HttpMessageInvoker http;

    public WebhookClient(WebhookOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                // Traces are nobody else's business.
                ActivityHeadersPropagator = null,
                // A name is looked up again after that time.
                PooledConnectionLifetime = LongestConnection,
                MaxResponseDrainSize = MostAnswerBytes,
                ResponseDrainTimeout = Draining,
                MaxResponseHeadersLength = MostHeaderKilobytes,
                ConnectCallback = Connect,
            }
        );
    }

    /// <summary>Makes one attempt.</summary>
    /// <param name="url">Whereto.</param>
    /// <param name="id">The same at each attempt.</param>
    /// <param name="body">What is posted.</param>
    /// <param name="secrets">Those that hold now, the newest first.</param>
    /// <param name="cancellationToken">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    public async Task<Attempt> Send(string url, string id, string body, IReadOnlyList<byte[]> secrets, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Timeout);
        using var request = Request(url, id, Encoding.UTF8.GetBytes(body), secrets);
        try
        {
            using var answer = await http.SendAsync(request, deadline.Token);
            return Of(answer);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Attempt.WithoutAnswer(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The receiver did not answer within {options.Timeout.TotalSeconds:0.#} seconds."
                )
            );
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            var cause = exception.GetBaseException();
            return Attempt.WithoutAnswer(
                cause is PrivateAddressException ? cause.Message : $"The receiver could not be asked: {cause.Message}"
            );
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(string url, string id, byte[] body, IReadOnlyList<byte[]> secrets)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(Product);
        request.Headers.Add(IdHeader, id);
        request.Headers.Add(TimeHeader, now.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(SignatureHeader, Signature.Of(id, now, body, secrets));
        return request;
    }

    private Attempt Of(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            >= 200 and < 300 => Attempt.Taken(status),
            410 => new Attempt(status, "The receiver is gone (410).", IsGone: true),
            >= 300 and < 400 => new Attempt(
                status,
                $"The receiver answered with a redirect ({status}), which is not followed. Change the URL."
            ),
            _ => new Attempt(status, $"The receiver answered {status}.", RetryAfter: RetryAfter(answer.Headers.RetryAfter)),
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? asked) => asked?.Delta ?? (asked?.Date - clock.GetUtcNow());

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = IPAddress.TryParse(host, out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var addresses = found.Where(one => options.AllowPrivateAddresses || PublicAddresses.Has(one)).ToArray();
        if (addresses.Length == 0)
        {
            throw new PrivateAddressException(host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class PrivateAddressException(string host)
        : IOException(
            $"'{host}' has no public address, so nothing is sent there. For receivers in one's own network, whoever runs the orchestrator "
                + "sets Webhooks:AllowPrivateAddresses."
        );
}

/// <summary>What came of one attempt.</summary>
/// <param name="Status">What the receiver answered; null when nothing came.</param>
/// <param name="Problem">Why that is no success; null when it is.</param>
/// <param name="IsGone">Whether it wants no more deliveries.</param>
/// <param name="RetryAfter">How long it wants to be left alone.</param>
internal sealed record Attempt(int? Status, string? Problem, bool IsGone = false, TimeSpan? RetryAfter = null)
{
    private const int LongestProblem = 500;

    public bool IsTaken => Problem is null;

    public static Attempt Taken(int status) => new(status, null);

    public static Attempt WithoutAnswer(string problem) =>
        new(null, (problem.Length <= LongestProblem ? problem : problem[..LongestProblem]).Replace('\0', ' '));
}
