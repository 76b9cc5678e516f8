using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace SagaOrchestrator.Console.SignIn;

/// <summary>What the issuer gave for somebody.</summary>
/// <param name="Access">What the API is shown.</param>
/// <param name="Refresh">What another one is got with; null when none is.</param>
/// <param name="EndsAt">When the first one ends.</param>
internal sealed record Tokens(string Access, string? Refresh, DateTimeOffset EndsAt)
{
    // A token that is sent now must hold until the API has looked at it.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    public bool IsOld => EndsAt - Margin < DateTimeOffset.UtcNow;

    public bool HasEnded => EndsAt < DateTimeOffset.UtcNow;

    /// <summary>As they came with a sign-in.</summary>
    public static Tokens Of(AuthenticationProperties properties) =>
        new(
            properties.GetTokenValue("access_token") ?? string.Empty,
            properties.GetTokenValue("refresh_token"),
            DateTimeOffset.TryParse(properties.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, out var at)
                ? at
                : DateTimeOffset.MinValue
        );

    /// <summary>When the issuer has refused to renew them.</summary>
    public Tokens Ended() => this with { Refresh = null, EndsAt = DateTimeOffset.MinValue };
}
