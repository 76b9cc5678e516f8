using System.Net.Http.Headers;

namespace SagaOrchestrator.Cli.Api;

/// <summary>Makes every client of HTTP that this program uses.</summary>
internal static class Line
{
    private static readonly TimeSpan PatienceToConnect = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A client that follows no redirection: it would carry keys, codes and tokens to whoever the answer names. Before a secret goes in
    /// plain text to another machine, it says so once.
    /// </summary>
    /// <param name="isSecret">Whether a request carries a secret.</param>
    /// <param name="warn">Tells the user.</param>
    public static HttpClient Open(Func<HttpRequestMessage, bool> isSecret, Action<string> warn)
    {
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = PatienceToConnect };
        var http = new HttpClient(new PlainTextWarning(sockets, isSecret, warn));
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("sagas", ApiClient.Version));
        return http;
    }

    /// <summary>The same to an issuer, which gets codes and tokens from the first request on.</summary>
    public static HttpClient ToIssuer(Action<string> warn) => Open(_ => true, warn);

    private sealed class PlainTextWarning(HttpMessageHandler inner, Func<HttpRequestMessage, bool> isSecret, Action<string> warn)
        : DelegatingHandler(inner)
    {
        private bool hasWarned;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!hasWarned && request.RequestUri is { Scheme: "http", IsLoopback: false } address && isSecret(request))
            {
                hasWarned = true;
                warn($"Warning: keys and tokens go to {address.Authority} in plain text. Use https.");
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
