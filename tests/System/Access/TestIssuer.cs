using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SagaOrchestrator.Issuer;

namespace SagaOrchestrator.Tests.Access;

/// <summary>The issuer of <c>infra/run</c> in this process, with users that a test adds.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = IssuerApp.Audience;

    private const string Password = "any";

    private readonly WebApplication application;
    private readonly HttpClient http;
    private readonly RsaSecurityKey key;

    private TestIssuer(WebApplication application, Uri address, RsaSecurityKey key) =>
        (this.application, Address, this.key, http) = (application, address, key, new HttpClient { BaseAddress = address });

    public Uri Address { get; }

    public string KeyId => key.KeyId;

    public DevelopmentUsers Users => application.Services.GetRequiredService<DevelopmentUsers>();

    public static async Task<TestIssuer> Start(TimeSpan? tokenLifetime = null)
    {
        var signing = SigningKey.New();
        var built = IssuerApp.Build(
            new Uri("http://127.0.0.1:0"),
            new DevelopmentUsers(),
            signing,
            tokenLifetime,
            "--Serilog:MinimumLevel:Default=Fatal"
        );
        await built.StartAsync();
        var address = built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new TestIssuer(built, new Uri(address + "/"), signing);
    }

    /// <summary>A token as the issuer gives it.</summary>
    /// <param name="subject">Whose; he is added.</param>
    /// <param name="roles">With blanks between.</param>
    /// <param name="host">By which name the issuer is asked, and which it then has in the token.</param>
    public async Task<string> Token(string subject, string roles, string? host = null)
    {
        Users.Set(new DevelopmentUser(subject, Password, roles.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "password",
                ["client_id"] = IssuerApp.Scripts,
                ["username"] = subject,
                ["password"] = Password,
            }
        );
        var answer = await http.PostAsync(new UriBuilder(Address) { Host = host ?? Address.Host, Path = "connect/token" }.Uri, form);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>A token that is made by hand, with the issuer's key unless another is given.</summary>
    public string Forged(Action<SecurityTokenDescriptor> change, SecurityKey? with = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Address.ToString(),
            Audience = Audience,
            NotBefore = DateTime.UtcNow.AddHours(-2),
            IssuedAt = DateTime.UtcNow.AddHours(-2),
            Expires = DateTime.UtcNow.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = "forger", ["roles"] = new[] { "administer" } },
            SigningCredentials = new SigningCredentials(with ?? key, SecurityAlgorithms.RsaSha256),
            TokenType = "at+jwt",
        };
        change(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await application.DisposeAsync();
    }
}
