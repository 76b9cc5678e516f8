using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.Requests;

/// <summary>
/// What a request may be, so that no caller, slow or large, costs the others anything. The server's own limits on URL and headers are twice
/// these:
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

    /// <summary>
    /// Bytes a second, over the whole body, after <see cref="Grace"/>. Slower senders keep a connection and their bytes, and nothing else.
    /// </summary>
    public const int LeastRate = 1024;

    /// <summary>Within it any rate will do, so that a usual start of 1 or 2 KB goes through on the slowest line.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly MinDataRate Rate = new(LeastRate, Grace);
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(130);

    /// <summary>
    /// What only the server can hold for all that it serves: more room than it has by itself, and less patience with headers.
    /// </summary>
    public static void Apply(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        limits.MaxRequestLineSize = 2 * Url;
        limits.MaxRequestHeadersTotalSize = 2 * Headers;
        limits.MaxRequestHeaderCount = 2 * HeaderCount;
        limits.RequestHeadersTimeout = HeadersWithin;
        limits.KeepAliveTimeout = IdleConnection;
    }

    /// <summary>What holds for one request to the API, and not for those to the host's own routes.</summary>
    public static void Apply(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            var intake = http.RequestServices.GetRequiredService<IntakeLimits>();
            size.MaxRequestBodySize = Math.Max(intake.StartBytes, intake.DocumentBytes + RequestBody.AroundDocument);
        }

        // Over HTTP/2 a rate is that of the connection, and stays the host's.
        if (!HttpProtocol.IsHttp11(http.Request.Protocol))
        {
            return;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } incoming)
        {
            incoming.MinDataRate = Rate;
        }

        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } outgoing)
        {
            outgoing.MinDataRate = Rate;
        }
    }
}
