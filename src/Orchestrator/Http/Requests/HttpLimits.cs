using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SagaOrchestrator.Http.Requests;

/// <summary>
/// What a request may be, so that no caller, slow or large, costs the others anything. The server's own limits on URL and headers are twice these:
/// it answers what is over its own with a bare status, and what is between gets a sentence.
/// </summary>
internal static class HttpLimits
{
    /// <summary>Bytes of path and query. The longest that this API gives, a list with all filters and a cursor, stays under 2 KB.</summary>
    public const int Url = 8 * 1024;

    /// <summary>Bytes of all headers. Tokens and tracing have room.</summary>
    public const int Headers = 16 * 1024;

    /// <summary>How many headers.</summary>
    public const int HeaderCount = 64;

    /// <summary>Bytes a second, over the whole body, after <see cref="Grace"/>. Slower senders keep a connection and their bytes, and nothing else.</summary>
    public const int LeastRate = 1024;

    /// <summary>Within it any rate will do, so that a usual start of 1 or 2 KB goes through on the slowest line.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(130);

    /// <param name="server">The server.</param>
    /// <param name="body">Bytes of the largest body that any route takes.</param>
    public static void Apply(KestrelServerOptions server, int body)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        limits.MaxRequestBodySize = body;
        limits.MaxRequestLineSize = 2 * Url;
        limits.MaxRequestHeadersTotalSize = 2 * Headers;
        limits.MaxRequestHeaderCount = 2 * HeaderCount;
        limits.RequestHeadersTimeout = HeadersWithin;
        limits.KeepAliveTimeout = IdleConnection;
        limits.MinRequestBodyDataRate = new MinDataRate(LeastRate, Grace);
        limits.MinResponseDataRate = new MinDataRate(LeastRate, Grace);
    }
}
