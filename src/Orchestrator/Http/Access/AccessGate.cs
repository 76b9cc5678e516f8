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
    private const int LongestName = 100;

    /// <summary>Why the caller is not let in; null when he is, and the request knows him.</summary>
    public async Task<ProblemAnswer?> Objection(HttpContext http, SagaRole role)
    {
        if (settings.IsConfigured)
        {
            return HostNames.IsForeign(http, settings) ? UnknownHost(http) : await Unwelcome(http, role);
        }

        if (http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null)
        {
            OfHost(http.User)?.Keep(http);
            return null;
        }

        return HostNames.IsForeign(http, settings) ? UnknownHost(http)
            : settings.AllowAnonymous || IsLocal(http) ? null
            : Problem.Of(
                ProblemTypes.NotFromHere,
                "Nobody has configured who may use this API, so it answers its own machine only. Set Auth:Authority and Auth:Audience, or "
                    + "Auth:ApiKeys, and send a token or a key."
            );
    }

    /// <summary>Whether the caller may read, of a request that anybody may make.</summary>
    public async Task<bool> MayRead(HttpContext http) =>
        settings.IsConfigured
            ? await Known(http) is { } caller && caller.May(SagaRole.Read, null)
            : settings.AllowAnonymous || IsLocal(http);

    private async Task<ProblemAnswer?> Unwelcome(HttpContext http, SagaRole role)
    {
        if (await Known(http) is not { } caller)
        {
            http.Response.Headers.WWWAuthenticate = settings.Authority is null ? "ApiKey" : "Bearer";
            return Problem.Of(ProblemTypes.Unauthenticated, Wanted());
        }

        caller.Keep(http);
        if (!caller.May(role, http.GetRouteValue("type") as string))
        {
            return Problem.Of(
                ProblemTypes.Forbidden,
                $"'{caller.Name}' lacks the role '{Caller.Word(role)}'. Ask whoever gives roles, or use another key."
            );
        }

        AccessLog.Allowed(log, http.Request.Method, http.Request.Path, caller.Name!, Caller.Word(role), AccessLog.Origin(http));
        return null;
    }

    private static ProblemAnswer UnknownHost(HttpContext http) =>
        Problem.Of(
            ProblemTypes.UnknownHost,
            $"'{Short(http.Request.Host.Host)}' is no name of this API. Use its address, or have the name set in Auth:AllowedHosts."
        );

    private static string Short(string host) => host.Length <= LongestName ? host : host[..LongestName];

    // The host has a policy of its own around the API, and its middleware has let the caller in.
    private Caller? OfHost(ClaimsPrincipal user) =>
        (user.Identity?.Name ?? NameOf(user)) is { Length: > 0 and <= LongestName } name
            ? new Caller(name, [Caller.Word(SagaRole.Administer)])
            : null;

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
        : token.FindFirstValue(settings.NameClaim) is { Length: > 0 and <= LongestName } name ? name
        : subject.Length <= LongestName ? subject
        : subject[..LongestName];

    // What a proxy passes on comes from somebody else, and a page in a browser may call this machine by another name.
    private static bool IsLocal(HttpContext http) =>
        (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        && !http.Request.Headers.ContainsKey("X-Forwarded-For")
        && !http.Request.Headers.ContainsKey("Forwarded")
        && HostNames.IsLocal(http.Request.Host.Host);
}
