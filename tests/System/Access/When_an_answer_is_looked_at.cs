using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Access;

/// <summary>What an answer says beside what was asked.</summary>
public sealed class When_an_answer_is_looked_at
{
    [TestCase("/api/v1/saga-types", 200)]
    [TestCase("/api/v1/sagas?unknown=1", 400)]
    [TestCase("/api/v1/sagas/not-a-guid", 404)]
    [TestCase("/nothing/here", 404)]
    [TestCase("/health/ready", null)]
    [TestCase("/openapi/v1.json", 200)]
    public async Task Should_tell_browsers_to_run_and_keep_nothing_of_it(string path, int? status)
    {
        await using var host = await MemoryHost.Start();
        var answer = await host.Get(path);
        ((int)answer.StatusCode).ShouldBe(status ?? (int)answer.StatusCode);
        Only(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        Only(answer, "Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
        Only(answer, "Referrer-Policy").ShouldBe("no-referrer");
        Only(answer, "Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        Only(answer, "Cache-Control").ShouldContain(status == 200 ? "no-cache" : "no-store");
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.Contains("X-Powered-By").ShouldBeFalse();
    }

    [Test]
    public async Task Should_let_a_browser_keep_only_what_it_asks_for_again()
    {
        await using var host = await MemoryHost.Start();
        var id = await host.Api.StartSaga(Order.Of());
        var answer = await host.Get($"/api/v1/sagas/{id}");
        answer.Headers.ETag.ShouldNotBeNull();
        answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
        answer.Headers.CacheControl.Private.ShouldBeTrue();
    }

    [Test]
    public async Task Should_name_no_banner_even_for_what_is_no_request()
    {
        await using var host = await MemoryHost.Start();
        (await RawHttp.Send(host.Api.BaseAddress!, "NONSENSE\r\n\r\n"u8.ToArray())).Headers.ShouldNotContain("Server:");
    }

    // Hosts, queues and participants stand in the conditions' words.
    [TestCase(null, false)]
    [TestCase("starter", false)]
    [TestCase("reader", true)]
    public async Task Should_tell_strangers_whether_it_is_ready_and_no_more(string? key, bool tells)
    {
        await using var host = await MemoryHost.Start([.. MemoryHost.Keys("reader=read", "starter=start")]);
        var answer = await host.Get("/health/ready", key);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        body.GetProperty("status").GetString().ShouldNotBeNullOrEmpty();
        (body.GetProperty("checks").GetArrayLength() > 0).ShouldBe(tells);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
    }

    private static string Only(HttpResponseMessage answer, string header) => answer.Headers.GetValues(header).ShouldHaveSingleItem();
}
