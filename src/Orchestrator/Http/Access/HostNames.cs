using System.Net;
using Microsoft.AspNetCore.Http;

namespace SagaOrchestrator.Http.Access;

/// <summary>
/// By which names the API may be called. A page elsewhere can point its own name at this machine (DNS rebinding); then the browser takes
/// the API for a part of that page.
/// </summary>
internal static class HostNames
{
    /// <summary>
    /// Whether a page elsewhere could have the name: one with a dot that nobody has allowed. No page has an address for a name.
    /// </summary>
    public static bool IsForeign(HttpContext http, AccessSettings settings)
    {
        var host = http.Request.Host.Host;
        if (host.Length == 0 || Address(host) is not null || IsLocal(host))
        {
            return false;
        }

        if (settings.AllowedHosts.Count > 0)
        {
            return !HostString.MatchesAny(host, [.. settings.AllowedHosts]);
        }

        // Where callers send tokens or keys, such a page has none to send.
        return !settings.IsConfigured && host.Contains('.', StringComparison.Ordinal);
    }

    public static bool IsLocal(string host) =>
        host.Length == 0
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (Address(host) is { } address && IPAddress.IsLoopback(address));

    private static IPAddress? Address(string host) => IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : null;
}
