using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace SagaOrchestrator.Console.Api;

/// <summary>Where the API is: as configured, or else where this application itself listens.</summary>
/// <param name="Given">As configured; null when it is not.</param>
internal sealed record ApiAddress(Uri? Given)
{
    private const string Loopback = "://127.0.0.1";
    private const string Section = "Console";
    private const string Key = "Api";
    private const string Setting = Section + ":" + Key;

    public static ApiAddress Configured(IConfiguration configuration)
    {
        var keys = configuration.GetSection(Section).GetChildren();
        if (keys.FirstOrDefault(key => !key.Key.Equals(Key, StringComparison.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new InvalidOperationException(
                $"{unknown.Path} is no setting. The console has one: {Setting}, the absolute address of the API.");
        }

        var text = configuration[Setting];
        if (string.IsNullOrWhiteSpace(text))
        {
            return new ApiAddress((Uri?)null);
        }

        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var given) && given.Scheme is "http" or "https"
            ? new ApiAddress(given)
            : throw new InvalidOperationException(
                $"{Setting} is '{text}', which is no absolute address of http or https. "
                + "Give the API's, for example http://orchestrator:8080, or leave it out.");
    }

    /// <summary>The address with a slash at its end; null while the application does not listen yet.</summary>
    public Uri? Of(IServer server) => Given ?? server.Features.Get<IServerAddressesFeature>()?.Addresses
        .Order(StringComparer.Ordinal).Select(Reachable).FirstOrDefault(address => address is not null);

    // What a server listens on may be no name that can be called.
    private static Uri? Reachable(string address)
    {
        var callable = address.Replace("://+", Loopback, StringComparison.Ordinal).Replace("://*", Loopback, StringComparison.Ordinal)
            .Replace("://0.0.0.0", Loopback, StringComparison.Ordinal).Replace("://[::]", "://[::1]", StringComparison.Ordinal);
        return Uri.TryCreate(callable.TrimEnd('/') + "/", UriKind.Absolute, out var uri) ? uri : null;
    }
}
