using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace SagaOrchestrator.Client.Tests;

/// <summary>A page, a redirect or a proxy where the API should be.</summary>
public sealed class When_something_else_answers
{
    private WebApplication other = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        other = builder.Build();
        other.MapGet("/page/{**path}", () => Results.Content("<p>Hello</p>", "text/html"));
        other.MapGet("/ends/{**path}", () => Results.Content(string.Empty, "text/event-stream"));
        other.MapGet("/moved/{**path}", () => Results.Redirect("/page"));
        other.MapGet("/proxy/{**path}", () => Results.StatusCode(StatusCodes.Status502BadGateway));
        await other.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop() => await other.DisposeAsync();

    [Test]
    public async Task Should_say_that_a_page_is_no_API() => (await Failure("page")).Message.ShouldContain("no orchestrator's API");

    [Test]
    public async Task Should_not_follow_a_redirect() => ((int?)(await Failure("moved")).Status).ShouldBe(302);

    [Test]
    public async Task Should_take_a_proxy_without_a_server_for_transient() => (await Failure("proxy")).IsTransient.ShouldBeTrue();

    [Test]
    public async Task Should_not_wait_for_the_end_at_a_page() =>
        (await Should.ThrowAsync<SagaClientException>(() => At("page").WaitForEnd(Guid.NewGuid()))).Message.ShouldContain(
            "no orchestrator's API"
        );

    [Test]
    public async Task Should_end_a_stream_that_ends_at_once_when_its_patience_does() =>
        (
            await Should.ThrowAsync<SagaClientException>(async () => await At("ends").Follow(Guid.NewGuid()).FirstAsync())
        ).IsTransient.ShouldBeTrue();

    private Task<SagaClientException> Failure(string path) => Should.ThrowAsync<SagaClientException>(() => At(path).Find(Guid.NewGuid()));

    private SagaClient At(string path) =>
        Caller(options =>
        {
            options.Address = new Uri($"{other.Urls.Single()}/{path}");
            options.Patience = TimeSpan.Zero;
        });
}
