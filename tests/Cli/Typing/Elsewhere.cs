using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SagaOrchestrator.Cli.Tests.Typing;

/// <summary>A server at a port of loopback that answers as a test wants, and keeps what it was sent.</summary>
internal sealed class Elsewhere : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Sent> sent = [];

    private Elsewhere(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single() + "/");

    public IReadOnlyList<Sent> Got => [.. sent];

    /// <param name="answer">Answers each request.</param>
    public static async Task<Elsewhere> Open(Func<Elsewhere, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var elsewhere = new Elsewhere(builder.Build());
        elsewhere.app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            elsewhere.sent.Enqueue(new Sent(http.Request.Path, http.Request.Headers["X-Api-Key"], await reader.ReadToEndAsync()));
            await answer(elsewhere, http);
        });
        await elsewhere.app.StartAsync();
        return elsewhere;
    }

    /// <summary>One that has nothing to say.</summary>
    public static Task<Elsewhere> Open() => Open((_, http) => Json(http, StatusCodes.Status200OK, "{}"));

    /// <summary>An issuer of tokens whose discovery is right, and which answers all else as a test wants.</summary>
    public static Task<Elsewhere> Issuer(Func<HttpContext, Task> answer) =>
        Open(
            (issuer, http) =>
                http.Request.Path == "/.well-known/openid-configuration"
                    ? Json(
                        http,
                        StatusCodes.Status200OK,
                        $$"""
                        {
                            "authorization_endpoint": "{{issuer.Address}}authorize",
                            "token_endpoint": "{{issuer.Address}}token",
                            "revocation_endpoint": "{{issuer.Address}}revoke"
                        }
                        """
                    )
                    : answer(http)
        );

    public static Task Json(HttpContext http, int status, string body)
    {
        (http.Response.StatusCode, http.Response.ContentType) = (status, "application/json");
        return http.Response.WriteAsync(body);
    }

    /// <summary>Sends whoever asks to another server, with what he has sent (307).</summary>
    public static Task SendOn(HttpContext http, Uri to)
    {
        http.Response.Redirect(new Uri(to, http.Request.Path.ToString()).ToString(), permanent: false, preserveMethod: true);
        return Task.CompletedTask;
    }

    /// <summary>Answers never, as long as somebody waits.</summary>
    public static async Task Hang(HttpContext http)
    {
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits any more.
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>What a server was sent.</summary>
internal sealed record Sent(string Path, string? Key, string Body);
