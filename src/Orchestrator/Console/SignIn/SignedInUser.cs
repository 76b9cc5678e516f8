using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace SagaOrchestrator.Console.SignIn;

/// <summary>Who the console works for now: in one request, or in one live page.</summary>
internal sealed class SignedInUser(IServiceProvider services)
{
    private ClaimsPrincipal? user;

    /// <summary>Whether people sign in here.</summary>
    public bool IsAsked { get; } = services.GetService<SignInSettings>() is not null;

    /// <summary>Says it for a request. A live page knows it from the connection that it began with.</summary>
    public void Is(ClaimsPrincipal principal) => user = principal;

    /// <summary>His token; null when his session is over.</summary>
    public async Task<string?> Token(CancellationToken cancellationToken)
    {
        user ??= (await services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync()).User;
        return await services.GetRequiredService<Sessions>().Token(user, cancellationToken);
    }
}
