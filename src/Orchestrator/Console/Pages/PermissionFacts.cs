using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the page of permissions shows.</summary>
/// <param name="Permissions">What the user may.</param>
/// <param name="Operators">Who has acted lately, and when; null for those who may not read.</param>
internal sealed record PermissionFacts(Permissions Permissions, IReadOnlyList<(string By, DateTimeOffset At)>? Operators)
{
    private const int Most = 10;

    public static async Task<PermissionFacts> Read(ApiClient api, CancellationToken cancellationToken)
    {
        var permissions = await api.Permissions(cancellationToken);
        if (!permissions.Roles.Any(role => role is { Role: "read", May: true }))
        {
            return new PermissionFacts(permissions, null);
        }

        var actions = await api.OperatorActions("?outcome=Done&limit=200", cancellationToken);
        return new PermissionFacts(
            permissions,
            [
                .. actions
                    .Items.Where(action => action.By != permissions.Name)
                    .GroupBy(action => action.By, action => action.At)
                    .Select(one => (one.Key, one.Max()))
                    .Take(Most),
            ]
        );
    }
}
