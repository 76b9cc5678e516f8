using System.Globalization;
using System.Net;

namespace SagaOrchestrator.Engine.Webhooks;

/// <summary>Says whether a webhook may be registered for a URL. Where its name leads is looked at again at each connection.</summary>
internal static class WebhookUrl
{
    public const int Longest = 2000;

    /// <summary>What is wrong with it, and what would be right; null when nothing is.</summary>
    public static string? Objection(string url, WebhookOptions options)
    {
        if (url.Length > Longest)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Give a URL of at most {Longest} characters.");
        }

        if (
            url.Any(character => character is <= ' ' or '\\' or > '~')
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri.Host.Length == 0
        )
        {
            return "Give an absolute URL in ASCII, such as https://shop.example/hooks.";
        }

        return Scheme(uri, options) ?? Parts(uri) ?? Host(uri, options);
    }

    private static string? Scheme(Uri uri, WebhookOptions options) =>
        (uri.Scheme, options.AllowHttp) switch
        {
            ("https", _) or ("http", true) => null,
            (_, false) => "Give an https URL: over anything else everybody on the way reads along. For development set Webhooks:AllowHttp.",
            _ => "Give an https or http URL.",
        };

    private static string? Parts(Uri uri) =>
        uri.UserInfo.Length > 0 ? "Leave user name and password out of the URL: a receiver knows its caller by the signature."
        : uri.Fragment.Length > 0 || uri.OriginalString.Contains('#', StringComparison.Ordinal)
            ? "Leave the fragment ('#…') out of the URL: it is never sent."
        : null;

    private static string? Host(Uri uri, WebhookOptions options)
    {
        if (options.AllowPrivateAddresses)
        {
            return null;
        }

        var host = uri.IdnHost.TrimEnd('.');
        var isRefused = IPAddress.TryParse(uri.DnsSafeHost.TrimEnd('.'), out var address)
            ? !PublicAddresses.Has(address)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        return isRefused
            ? "Give the URL of a public address. For receivers in one's own network, whoever runs the orchestrator sets "
                + "Webhooks:AllowPrivateAddresses."
            : null;
    }
}
