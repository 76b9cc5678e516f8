using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using SagaOrchestrator.Console.SignIn;

namespace SagaOrchestrator.Console.Api;

/// <summary>Where the API is: as configured, or else where this application itself listens.</summary>
/// <param name="Given">As configured; null when it is not.</param>
/// <param name="ApiKey">The key that goes with each request, and in whose name the console acts; null for none.</param>
internal sealed record ApiAddress(Uri? Given, string? ApiKey = null)
{
    private const string Loopback = "://127.0.0.1";
    private const string Section = "Console";
    private const string Key = "Api";
    private const string Setting = Section + ":" + Key;
    private const string KeySetting = "ApiKey";
    private static readonly string[] Known = [Key, KeySetting, .. SignInSettings.Keys];

    public static ApiAddress Configured(IConfiguration configuration)
    {
        var keys = configuration.GetSection(Section).GetChildren();
        if (keys.FirstOrDefault(key => !Known.Contains(key.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new InvalidOperationException($"{unknown.Path} is no setting. The console has: {string.Join(", ", Known)}.");
        }

        var (text, apiKey) = (configuration[Setting], configuration[$"{Section}:{KeySetting}"]);
        if (string.IsNullOrWhiteSpace(text))
        {
            return new ApiAddress(null, apiKey);
        }

        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var given) && given.Scheme is "http" or "https"
            ? new ApiAddress(given, apiKey)
            : throw new InvalidOperationException(
                $"{Setting} is '{text}', which is no absolute address of http or https. "
                    + "Give the API's, for example http://orchestrator:8080, or leave it out."
            );
    }

    /// <summary>The address with a slash at its end; null while the application does not listen yet.</summary>
    public Uri? Of(IServer server) =>
        Given
        ?? server
            .Features.Get<IServerAddressesFeature>()
            ?.Addresses.Order(StringComparer.Ordinal)
            .Select(Reachable)
            .FirstOrDefault(address => address is not null);

    // What a server listens on may be no name that can be called.
    private static Uri? Reachable(string address)
    {
        var callable = address
            .Replace("://+", Loopback, StringComparison.Ordinal)
            .Replace("://*", Loopback, StringComparison.Ordinal)
            .Replace("://0.0.0.0", Loopback, StringComparison.Ordinal)
            .Replace("://[::]", "://[::1]", StringComparison.Ordinal);
        return Uri.TryCreate(callable.TrimEnd('/') + "/", UriKind.Absolute, out var uri) ? uri : null;
    }
}
