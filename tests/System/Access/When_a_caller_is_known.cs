using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Tests.Http;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Access;

public sealed class When_a_caller_is_known
{
    private static readonly string[] Roles = ["", "read", "start", "start:order-fulfillment", "operate", "sensitive", "keys", "administer"];
    private GuardedSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await GuardedSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public void Should_find_on_every_route_what_it_asks_of_its_caller() =>
        Endpoints()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<ApiRoute>() is not null && endpoint.Metadata.GetMetadata<RouteAccess>() is null
            )
            .Select(endpoint => endpoint.DisplayName)
            .ShouldBeEmpty();

    // Each cell is asked, and only whether the caller is let in is looked at.
    [Test]
    public async Task Should_let_each_role_in_where_it_may_and_nowhere_else()
    {
        var tokens = new Dictionary<string, string>();
        foreach (var role in Roles)
        {
            tokens[role] = await system.Issuer.Token("caller", role);
        }

        var rows = new List<string>();
        foreach (var (method, path) in Cells().Distinct())
        {
            var unknown = await Status(method, path, null);
            var let = new List<string>();
            foreach (var role in Roles)
            {
                if (await Status(method, path, tokens[role]) is not (401 or 403))
                {
                    let.Add(role.Length == 0 ? "anybody known" : role);
                }
            }

            rows.Add($"{method} {path}: {(unknown == 401 ? string.Join(", ", let) : "open")}");
        }

        var received = string.Join('\n', rows.Order(StringComparer.Ordinal)) + "\n";
        var approved = Path.Combine(Source(), "access.approved.txt");
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "access.received.txt"), received);
        received.ShouldBe(File.Exists(approved) ? await File.ReadAllTextAsync(approved) : string.Empty, "who is let in where has changed");
    }

    [TestCase("expired")]
    [TestCase("wrong audience")]
    [TestCase("wrong issuer")]
    [TestCase("no subject")]
    [TestCase("no end")]
    [TestCase("unsigned")]
    [TestCase("another key")]
    [TestCase("nonsense")]
    public async Task Should_refuse_a_token_that_does_not_hold(string kind)
    {
        using var other = RSA.Create(2048);
        var token = kind switch
        {
            "expired" => system.Issuer.Forged(token => token.Expires = DateTime.UtcNow.AddMinutes(-1)),
            "wrong audience" => system.Issuer.Forged(token => token.Audience = "another"),
            "wrong issuer" => system.Issuer.Forged(token => token.Issuer = "http://127.0.0.1:1/"),
            "no subject" => system.Issuer.Forged(token => token.Claims.Remove("sub")),
            "no end" => system.Issuer.Forged(token => token.Expires = null),
            "unsigned" => system.Issuer.Forged(token => token.SigningCredentials = null),
            "another key" => system.Issuer.Forged(_ => { }, new RsaSecurityKey(other) { KeyId = system.Issuer.KeyId }),
            _ => "nonsense",
        };
        var answer = await system.Send(HttpMethod.Get, "/api/v1/sagas", token);
        await answer.ShouldBeProblem(ProblemTypes.Unauthenticated);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await system.Send(HttpMethod.Get, "/api/v1/sagas", system.Issuer.Forged(_ => { }))).StatusCode.ShouldBe(
            HttpStatusCode.OK,
            "the same token, untouched, is good"
        );
    }

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_act_in_his_own_name_and_in_no_other()
    {
        var alice = await system.Issuer.Token("alice", "operate start");
        using var order = JsonContent.Create(Order.Of(token: "tok_norefund", street: null));
        var started = await system.Send(HttpMethod.Post, "/api/v1/sagas/order-fulfillment", alice, order);
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await Eventually.True(
            async () =>
                (await (await system.Send(HttpMethod.Get, $"/api/v1/sagas/{id}", alice)).Content.ReadFromJsonAsync<JsonElement>())
                    .GetProperty("state")
                    .GetString() == "Parked",
            "the saga is parked"
        );
        var bobs = await system.Send(
            HttpMethod.Post,
            $"/api/v1/sagas/{id}/skip",
            alice,
            JsonContent.Create(
                new
                {
                    step = "process_payment",
                    by = "bob",
                    reason = "He did.",
                }
            )
        );
        (await bobs.ShouldBeProblem(ProblemTypes.InvalidRequest)).Error("by").ShouldContain("alice");
        (
            await system.Send(
                HttpMethod.Post,
                $"/api/v1/sagas/{id}/skip",
                alice,
                JsonContent.Create(new { step = "process_payment", reason = "Paid back." })
            )
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
        (
            await system.System.Sandbox.Query<string[]>($"select array_agg(who) from orchestrator.operator_action where subject = '{id}'")
        ).ShouldBe(["alice"]);
    }

    [TestCase("shop." + GuardedSystem.Secret, 200)]
    [TestCase("shop." + GuardedSystem.Secret + "x", 401)]
    [TestCase("another." + GuardedSystem.Secret, 401)]
    [TestCase("former." + GuardedSystem.Secret, 401)]
    [TestCase(GuardedSystem.Secret, 401)]
    [TestCase("shop.", 401)]
    public async Task Should_know_a_machine_by_a_key_that_holds(string key, int status) =>
        ((int)(await system.SendWithKey(HttpMethod.Get, "/api/v1/sagas", key)).StatusCode).ShouldBe(status);

    [Test]
    public async Task Should_let_a_machine_do_what_its_key_says()
    {
        var answer = await system.SendWithKey(HttpMethod.Post, $"/api/v1/sagas/{Guid.NewGuid()}/cancel", "shop." + GuardedSystem.Secret);
        (await answer.ShouldBeProblem(ProblemTypes.Forbidden)).GetProperty("detail").GetString()!.ShouldContain("'operate'");
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        system
            .System.Orchestrator.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .DistinctBy(endpoint => (endpoint.DisplayName, endpoint.RoutePattern.RawText, endpoint.Order));

    private IEnumerable<(string Method, string Path)> Cells() =>
        Endpoints()
            .SelectMany(endpoint =>
                (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, PathOf(endpoint)))
            )
            .Where(cell => cell.Item2.StartsWith("/api", StringComparison.Ordinal));

    // A stream that is let in does not end, so only its beginning is read.
    private async Task<int> Status(string method, string path, string? token)
    {
        using var content = method is "GET" or "HEAD" ? null : new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await system.Send(new HttpMethod(method), path, token, content);
        return (int)answer.StatusCode;
    }

    private static string PathOf(RouteEndpoint endpoint)
    {
        var path = string.Join(
            '/',
            endpoint.RoutePattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "id" } =>
                                "0b5a2c0e-3c57-4b1f-9c57-0d7b9c6f4a11",
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "type" } => "order-fulfillment",
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "name" } => "payments",
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "version" or "number" } => "1",
                            _ => "x",
                        }
                    )
                )
            )
        );
        return "/" + path;
    }

    private static string Source([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
