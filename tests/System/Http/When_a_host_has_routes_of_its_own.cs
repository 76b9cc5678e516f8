using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SagaOrchestrator.Http;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Server.Sagas;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Http;

/// <summary>
/// The API in the application of another team, under a prefix and its own policy, beside its own routes. Without servers.
/// </summary>
public sealed class When_a_host_has_routes_of_its_own
{
    private const string Sagas = "/ops/api/v1/sagas";
    private const string Operator = "operator";

    private WebApplication app = null!;
    private HttpClient anybody = null!;
    private HttpClient operators = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication(Operator).AddScheme<AuthenticationSchemeOptions, ByHeader>(Operator, _ => { });
        builder.Services.AddAuthorization(options => options.AddPolicy("operators", policy => policy.RequireClaim(Operator)));
        builder.Services.AddSagaOrchestrator(options => options.UseInMemory()).Services.AddOrderPlans(builder.Configuration);
        builder.Services.AddSagaApi(builder.Configuration);
        app = builder.Build();
        app.MapGet("/", () => "the team's own page");
        app.MapGet("/own/words", () => new Words(DayOfWeek.Tuesday, Note: null));
        app.MapGet("/own/teapot", () => Results.StatusCode(StatusCodes.Status418ImATeapot));
        app.MapGet("/own/broken", string () => throw new InvalidOperationException("It is the team's own fault."));
        app.MapPost("/own/large", async (HttpRequest request) => (await new StreamReader(request.Body).ReadToEndAsync()).Length);
        app.MapGroup("/ops").MapSagaApi().RequireAuthorization("operators");
        await app.StartAsync();
        var address = new Uri(app.Urls.Single());
        anybody = new HttpClient { BaseAddress = address };
        operators = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { { Operator, "olga" } } };
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        anybody.Dispose();
        operators.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    [TestCase("GET", "/own/nothing", 404)]
    [TestCase("GET", "/api/v1/nothing", 404)]
    [TestCase("GET", "/own/teapot", 418)]
    [TestCase("GET", "/own/broken", 500)]
    [TestCase("DELETE", "/own/words", 405)]
    public async Task Should_leave_the_errors_of_the_host_as_they_are(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var answer = await anybody.SendAsync(request);
        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()).ShouldBe((status, string.Empty));
    }

    [TestCase("/", "the team's own page")]
    [TestCase("/own/words", """{"day":2,"note":null}""")]
    [TestCase("/own/words?unknown=1", """{"day":2,"note":null}""")]
    public async Task Should_leave_the_answers_of_the_host_as_they_are(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        (await (await anybody.SendAsync(request)).Content.ReadAsStringAsync()).ShouldBe(body);
    }

    [Test]
    public async Task Should_leave_the_limits_of_the_host_as_they_are() =>
        (await (await anybody.PostAsync("/own/large", new StringContent(new string('x', 1_000_000)))).Content.ReadAsStringAsync()).ShouldBe(
            "1000000"
        );

    [TestCase("GET", Sagas)]
    [TestCase("POST", Sagas + "/order-fulfillment")]
    [TestCase("GET", "/ops/openapi/v1.json")]
    [TestCase("GET", "/ops/swagger/index.html")]
    public async Task Should_let_in_whom_the_host_lets_in(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        (await anybody.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var allowed = new HttpRequestMessage(new HttpMethod(method), path);
        (await operators.SendAsync(allowed)).StatusCode.ShouldNotBe(HttpStatusCode.Unauthorized);
    }

    [TestCase("/ops/health/live")]
    [TestCase("/ops/health/ready")]
    public async Task Should_answer_probes_without_asking_who_they_are(string path) =>
        (await anybody.GetAsync(path)).StatusCode.ShouldNotBe(HttpStatusCode.Unauthorized);

    [TestCase("GET", Sagas + "/no-id", "unknown-saga")]
    [TestCase("GET", Sagas + "/no-id/history", "unknown-saga")]
    [TestCase("GET", Sagas + "/summary/nothing/here", "unknown-path")]
    [TestCase("GET", Sagas + "?unknown=1", "invalid-request")]
    [TestCase("PUT", Sagas, "method-not-allowed")]
    [TestCase("GET", "/ops/api/v1/participants/nobody/nothing", "unknown-path")]
    public async Task Should_say_in_its_own_words_what_is_wrong_with_a_request_to_it(string method, string path, string type)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        await (await operators.SendAsync(request)).ShouldBeProblem(ProblemTypes.All.Single(known => known.Name == type));
    }

    [Test]
    public async Task Should_take_no_other_body_than_JSON() =>
        await (await operators.PostAsync(Sagas + "/order-fulfillment", new StringContent("{}"))).ShouldBeProblem(
            ProblemTypes.UnsupportedMediaType
        );

    [Test]
    public async Task Should_link_under_its_prefix()
    {
        var answer = await operators.PostAsJsonAsync(Sagas + "/order-fulfillment", Order.Of());
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var self = answer.Headers.Location!.OriginalString;
        self.ShouldStartWith(Sagas + "/");
        var saga = await operators.GetFromJsonAsync<JsonElement>(self);
        saga.GetProperty("links").GetProperty("self").GetString().ShouldBe(self);
        (await operators.GetAsync(saga.GetProperty("links").GetProperty("history").GetString())).StatusCode.ShouldBe(HttpStatusCode.OK);
        var listed = await operators.GetFromJsonAsync<JsonElement>(Sagas);
        listed
            .GetProperty("items")
            .EnumerateArray()
            .Select(item => item.GetProperty("links").GetProperty("self").GetString())
            .ShouldContain(self);
    }

    [Test]
    public async Task Should_show_its_description_and_its_UI_under_its_prefix()
    {
        (await operators.GetFromJsonAsync<JsonElement>("/ops/openapi/v1.json"))
            .GetProperty("paths")
            .TryGetProperty(Sagas + "/summary", out _)
            .ShouldBeTrue();
        (await operators.GetStringAsync("/ops/swagger/index.html")).ShouldContain("SagaOrchestrator API");
        (await operators.GetStringAsync("/ops")).ShouldContain("SagaOrchestrator API");
    }

    private sealed record Words(DayOfWeek Day, string? Note);

    /// <summary>Takes who is named in a header for that operator.</summary>
    private sealed class ByHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
            Task.FromResult(
                Request.Headers.TryGetValue(Operator, out var name)
                    ? AuthenticateResult.Success(
                        new AuthenticationTicket(
                            new ClaimsPrincipal(new ClaimsIdentity([new Claim(Operator, name.ToString())], Operator)),
                            Operator
                        )
                    )
                    : AuthenticateResult.NoResult()
            );
    }
}
