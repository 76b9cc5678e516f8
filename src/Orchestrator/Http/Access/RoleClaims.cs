using System.Security.Claims;
using System.Text.Json;

namespace SagaOrchestrator.Http.Access;

/// <summary>Reads roles out of a token, wherever its issuer puts them.</summary>
internal static class RoleClaims
{
    /// <param name="token">The token's claims.</param>
    /// <param name="path">The claim; with dots, a member of the object in it.</param>
    public static IReadOnlyCollection<string> Of(ClaimsPrincipal token, string path)
    {
        // Some issuers name a claim with a URL: the whole name goes first.
        if (token.FindAll(path).ToList() is { Count: > 0 } whole)
        {
            return [.. whole.SelectMany(claim => Words(claim.Value))];
        }

        var parts = path.Split('.');
        return [.. token.FindAll(parts[0]).SelectMany(claim => Within(claim.Value, parts.Skip(1)))];
    }

    private static string[] Within(string text, IEnumerable<string> path)
    {
        try
        {
            var value = JsonDocument.Parse(text).RootElement;
            foreach (var name in path)
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                {
                    return [];
                }
            }

            return value.ValueKind switch
            {
                JsonValueKind.Array =>
                [
                    .. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
                ],
                JsonValueKind.String => Words(value.GetString()!),
                _ => [],
            };
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string[] Words(string text) =>
        text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
