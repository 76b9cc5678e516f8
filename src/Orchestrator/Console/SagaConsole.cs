using SagaOrchestrator.Console.Api;
using SagaOrchestrator.Console.Hosting;
using SagaOrchestrator.Console.SignIn;

namespace SagaOrchestrator.Console;

/// <summary>The web console, in an ASP.NET Core application: the orchestrator's own, or one that has nothing but its address.</summary>
public static class SagaConsole
{
    /// <summary>Where its pages begin.</summary>
    public const string Path = ConsoleAssets.Root;

    /// <summary>
    /// Adds what the console needs: Blazor with the interactive server mode, and a client of the API. <c>Console:Api</c> is the API's
    /// absolute address, for example <c>http://orchestrator:8080</c>. When it is left out, the console calls this application itself.
    /// <c>Console:Authority</c> and <c>Console:ClientId</c> are where people sign in (OpenID Connect), and what the console is
    /// called there.
    /// <c>Console:ApiKey</c> is the key with which it calls, where the API asks for one and nobody signs in.
    /// </summary>
    /// <param name="services">The host's container.</param>
    /// <param name="configuration">The host's settings.</param>
    /// <exception cref="InvalidOperationException">
    /// <c>Console:Api</c> is no absolute address of http or https, half of the sign-in is set, or the section has another key.
    /// </exception>
    public static void AddSagaConsole(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton(ApiAddress.Configured(configuration));
        SignInServices.Add(services, configuration);
        services.AddSingleton<ApiConnections>();
        services.AddScoped<ApiClient>();
        services.AddScoped<Rights>();
        services.AddSingleton<Handover>();
        services.AddRazorComponents().AddInteractiveServerComponents();
    }

    /// <summary>
    /// Maps the pages under <see cref="Path"/>, with a content security policy and without any file beside the program. It adds the host's
    /// antiforgery middleware, which looks at forms of pages alone.
    /// <code>
    /// app.MapSagaConsole().RequireAuthorization("operators");
    /// </code>
    /// </summary>
    /// <param name="app">The application.</param>
    /// <returns>Takes conventions for the pages and their connection; not for style sheet and scripts, which say nothing.</returns>
    public static IEndpointConventionBuilder MapSagaConsole(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseAntiforgery();
        ConsoleAssets.Map(app);
        return ConsolePages.Map(app);
    }
}
