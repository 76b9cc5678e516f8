using System.Net;
using Microsoft.AspNetCore.Authorization;

namespace SagaOrchestrator.Console.Hosting;

/// <summary>
/// The console has no login, and what it asks the API for comes from this machine. So it answers this machine alone, unless the host has
/// put a policy of its own around it.
/// </summary>
internal static class LocalOnly
{
    public static RequestDelegate Around(RequestDelegate handler) =>
        async http =>
        {
            if (HasPolicy(http) || IsLocal(http))
            {
                await handler(http);
                return;
            }

            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(
                "The console answers its own machine only: open it there, or give it a policy, MapSagaConsole().RequireAuthorization(...)."
            );
        };

    private static bool HasPolicy(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null;

    // What a proxy passes on comes from somebody else, and a page elsewhere may call this machine by another name.
    private static bool IsLocal(HttpContext http) =>
        (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        && !http.Request.Headers.ContainsKey("X-Forwarded-For")
        && !http.Request.Headers.ContainsKey("Forwarded")
        && IsLocalName(http.Request.Host.Host);

    private static bool IsLocalName(string host) =>
        host.Length == 0
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
