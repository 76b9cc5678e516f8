using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Access;

/// <summary>
/// Lets a request in, or not: by its token or key where <c>Auth</c> is configured, else only from this machine. A part of each route, so
/// that it is the same whatever middleware the host has.
/// </summary>
internal sealed class AccessGate(AccessSettings settings, TimeProvider clock, ILogger<AccessGate> log)
{
    /// <summary>The authentication scheme of tokens, which no other route of the host knows.</summary>
    public const string Scheme = "SagaOrchestrator";

    private const string Subject = "sub";

    /// <summary>Why the caller is not let in; null when he is, and the request knows him.</summary>
    public async Task<ProblemAnswer?> Objection(HttpContext http)
    {
        var role = http.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>()?.Role ?? SagaRole.Administer;
        if (role == SagaRole.Open)
        {
            return null;
        }

        if (!settings.IsConfigured && http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null)
        {
            OfHost(http.User)?.Keep(http);
            return null;
        }

        if (!settings.IsConfigured)
        {
            return settings.AllowAnonymous || IsLocal(http)
                ? null
                : Refuse(
                    http,
                    null,
                    role,
                    Problem.Of(
                        ProblemTypes.NotFromHere,
                        "Nobody has configured who may use this API, so it answers its own machine only. Set Auth:Authority and "
                            + "Auth:Audience, or Auth:ApiKeys, and send a token or a key."
                    )
                );
        }

        if (await Known(http) is not { } caller)
        {
            http.Response.Headers.WWWAuthenticate = settings.Authority is null ? "ApiKey" : "Bearer";
            return Refuse(http, null, role, Problem.Of(ProblemTypes.Unauthenticated, Wanted()));
        }

        if (!caller.May(role, http.GetRouteValue("type") as string))
        {
            return Refuse(
                http,
                caller,
                role,
                Problem.Of(
                    ProblemTypes.Forbidden,
                    $"'{caller.Name}' lacks the role '{Caller.Word(role)}'. Ask whoever gives roles, or use another key."
                )
            );
        }

        caller.Keep(http);
        AccessLog.Allowed(log, http.Request.Method, http.Request.Path, caller.Name!, Caller.Word(role), Origin(http));
        return null;
    }

    // The host has a policy of its own around the API, and its middleware has let the caller in.
    private Caller? OfHost(ClaimsPrincipal user) =>
        (user.Identity?.Name ?? NameOf(user)) is { Length: > 0 and <= 100 } name
            ? new Caller(name, [Caller.Word(SagaRole.Administer)])
            : null;

    private ProblemAnswer Refuse(HttpContext http, Caller? caller, SagaRole role, ProblemAnswer problem)
    {
        AccessLog.Refused(log, http.Request.Method, http.Request.Path, caller?.Name, Caller.Word(role), Origin(http));
        return problem;
    }

    private string Wanted() =>
        (settings.Authority, settings.ApiKeys.Count) switch
        {
            (null, _) => $"Send a key that holds: '{ApiKey.Header}: NAME.SECRET'.",
            (_, 0) => $"Send a token of {settings.Authority} that holds, and is for '{settings.Audience}': 'Authorization: Bearer TOKEN'.",
            _ => $"Send a token of {settings.Authority} that holds, and is for '{settings.Audience}', or a key: '{ApiKey.Header}: "
                + $"NAME.SECRET'.",
        };

    private async Task<Caller?> Known(HttpContext http)
    {
        if (http.Request.Headers.TryGetValue(ApiKey.Header, out var sent))
        {
            return OfKey(sent.ToString());
        }

        if (settings.Authority is null)
        {
            return null;
        }

        var result = await http.AuthenticateAsync(Scheme);
        return result is { Succeeded: true, Principal: var token } && NameOf(token) is { } name
            ? new Caller(name, RoleClaims.Of(token, settings.RolesClaim))
            : null;
    }

    private Caller? OfKey(string sent)
    {
        if (sent.Split('.', 2) is not [var name, var secret])
        {
            return null;
        }

        // All are compared, so that the time tells nothing.
        var now = clock.GetUtcNow();
        return settings.ApiKeys.Where(key => key.Is(name, secret, now)).ToList() is [var first, ..]
            ? new Caller(first.Name, first.Roles)
            : null;
    }

    // A token without a subject is nobody's.
    private string? NameOf(ClaimsPrincipal token) =>
        token.FindFirstValue(Subject) is not { Length: > 0 } subject ? null
        : token.FindFirstValue(settings.NameClaim) is { Length: > 0 and <= 100 } name ? name
        : subject.Length <= 100 ? subject
        : subject[..100];

    // What a proxy passes on comes from somebody else, and a page in a browser may call this machine by another name.
    private static bool IsLocal(HttpContext http) =>
        (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        && !http.Request.Headers.ContainsKey("X-Forwarded-For")
        && !http.Request.Headers.ContainsKey("Forwarded")
        && IsLocalName(http.Request.Host.Host);

    private static bool IsLocalName(string host) =>
        host.Length == 0
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string? Origin(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();
}
