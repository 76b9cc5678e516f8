namespace SagaOrchestrator.Console.Api;

/// <summary>What the user of this page may do, asked once for a page. Whatever it shows, the API decides.</summary>
internal sealed class Rights(ApiClient api)
{
    private Task<Permissions?>? asked;

    /// <summary>As what the API knows the user; null where nobody has to say who he is.</summary>
    public async Task<string?> Name() => (await Asked())?.Name;

    /// <returns>Why he may not, in a sentence; null when he may.</returns>
    public async Task<string?> Lack(string role)
    {
        var permissions = await Asked();
        return permissions is null || permissions.Roles.Any(one => one.Role == role && one.May)
            ? null
            : $"{permissions.Name} lacks the role “{role}”.";
    }

    private Task<Permissions?> Asked() => asked ??= Ask();

    // When it does not answer, the page says so; nothing need be disabled.
    private async Task<Permissions?> Ask()
    {
        try
        {
            return await api.Permissions(CancellationToken.None);
        }
        catch (ApiFailureException)
        {
            asked = null;
            return null;
        }
    }
}
