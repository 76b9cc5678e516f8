using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Http.Access;

/// <summary>
/// The key of a machine: it sends <c>X-Api-Key: NAME.SECRET</c>. Only the secret's hash is set. Two keys can have one name, so that one is
/// rotated while the other still holds.
/// </summary>
/// <param name="Name">Who it is, in the operators' log.</param>
/// <param name="Hash">SHA-256 of the secret, which is random and long.</param>
/// <param name="Roles">What it may.</param>
/// <param name="Expires">From then on it is refused; null for never.</param>
internal sealed record ApiKey(string Name, byte[] Hash, IReadOnlyList<string> Roles, DateTimeOffset? Expires)
{
    public const string Header = "X-Api-Key";

    private const int ShortestSecret = 32;
    private static readonly string[] Known = ["Name", "Sha256", "Roles", "Expires"];

    public static ApiKey Read(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new InvalidSettingException(unknown.Path, $"is not known. A key has: {string.Join(", ", Known)}.");
        }

        var name =
            section["Name"] is { Length: > 0 and <= 100 } given && !given.Contains('.', StringComparison.Ordinal)
                ? given
                : throw new InvalidSettingException(
                    section.Path + ":Name",
                    "is not a name of 1 to 100 characters without a dot. Set, for example, shop."
                );
        return new ApiKey(name, HashOf(section), RolesOf(section), ExpiryOf(section));
    }

    /// <summary>Whether a request's header is this key, and it still holds.</summary>
    public bool Is(string name, string secret, DateTimeOffset now)
    {
        var isSame = CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), Hash);
        return isSame && name == Name && secret.Length >= ShortestSecret && (Expires is null || now < Expires);
    }

    private static byte[] HashOf(IConfigurationSection section)
    {
        var text = section["Sha256"] ?? string.Empty;
        return text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw new InvalidSettingException(
                section.Path + ":Sha256",
                "is not a SHA-256 of 64 hexadecimal digits. Make one: printf %s SECRET | sha256sum."
            );
    }

    private static string[] RolesOf(IConfigurationSection section)
    {
        var roles = section["Roles"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return roles.Length > 0 && roles.All(IsRole)
            ? roles
            : throw new InvalidSettingException(
                section.Path + ":Roles",
                "is not a list of roles. Set some of: read, start, start:TYPE, operate, sensitive, keys, administer."
            );
    }

    private static bool IsRole(string role) =>
        role is "read" or "start" or "operate" or "sensitive" or "keys" or "administer"
        || role.StartsWith("start:", StringComparison.Ordinal);

    private static DateTimeOffset? ExpiryOf(IConfigurationSection section)
    {
        if (section["Expires"] is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : throw new InvalidSettingException(section.Path + ":Expires", "is not a day or a time. Set, for example, 2027-01-31.");
    }
}
