using System.Security.Cryptography;
using System.Text;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Access;

/// <summary>The product with an issuer of tokens and keys of machines.</summary>
internal sealed class GuardedSystem : IAsyncDisposable
{
    public const string Secret = "0123456789abcdef0123456789abcdef";

    private GuardedSystem(TestIssuer issuer, RunningSystem system) => (Issuer, System) = (issuer, system);

    public TestIssuer Issuer { get; }

    public RunningSystem System { get; }

    public HttpClient Api => System.Api;

    public static async Task<GuardedSystem> Start()
    {
        var issuer = await TestIssuer.Start();
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));
        return new GuardedSystem(
            issuer,
            await RunningSystem.Start(settings =>
            {
                settings["Auth:Authority"] = issuer.Address.ToString();
                settings["Auth:Audience"] = TestIssuer.Audience;
                // The table of all routes is one refusal after the other.
                settings["RateLimits:Refusals"] = "100000";
                settings["OrderFulfillment:CompensationAttempts"] = "2";
                settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
                foreach (
                    var (number, name, roles, expires) in new[]
                    {
                        (0, "shop", "read,start", "2100-01-01"),
                        (1, "shop", "read", "2000-01-01"),
                        (2, "former", "administer", "2000-01-01"),
                    }
                )
                {
                    settings[$"Auth:ApiKeys:{number}:Name"] = name;
                    settings[$"Auth:ApiKeys:{number}:Sha256"] = hash;
                    settings[$"Auth:ApiKeys:{number}:Roles"] = roles;
                    settings[$"Auth:ApiKeys:{number}:Expires"] = expires;
                }
            })
        );
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? token, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        return await Api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task<HttpResponseMessage> SendWithKey(HttpMethod method, string path, string key)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "X-Api-Key", key } } };
        return await Api.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
