using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing.Patterns;
using SagaOrchestrator.Http.Access;

namespace SagaOrchestrator.Tests.Access;

public sealed class When_a_caller_asks_what_he_may
{
    private const string Path = "/api/v1/permissions";

    [TestCase("reader=read", "read")]
    [TestCase("shop=start", "start")]
    [TestCase("ops=operate", "read operate")]
    [TestCase("root=administer", "read start operate sensitive keys administer")]
    public async Task Should_hear_of_each_role_whether_it_lets_him(string key, string may)
    {
        await using var host = await MemoryHost.Start([.. MemoryHost.Keys(key)]);
        var answer = await (await host.Get(Path, key.Split('=')[0])).Content.ReadFromJsonAsync<JsonElement>();
        answer.GetProperty("name").GetString().ShouldBe(key.Split('=')[0]);
        string.Join(' ', Allowed(answer)).ShouldBe(may);
        answer.GetProperty("rest").GetString().ShouldNotBeNullOrEmpty();
    }

    [Test]
    public async Task Should_hear_which_types_he_may_start()
    {
        await using var host = await MemoryHost.Start([.. MemoryHost.Keys("shop=start:order-fulfillment")]);
        var answer = await (await host.Get(Path, "shop")).Content.ReadFromJsonAsync<JsonElement>();
        Allowed(answer).ShouldBeEmpty();
        answer.GetProperty("startableTypes")[0].GetString().ShouldBe("order-fulfillment");
    }

    [Test]
    public async Task Should_be_known_for_it()
    {
        await using var host = await MemoryHost.Start([.. MemoryHost.Keys("shop=start")]);
        (await host.Get(Path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Should_hear_that_he_may_everything_where_nobody_is_asked()
    {
        await using var host = await MemoryHost.Start();
        var answer = await (await host.Get(Path)).Content.ReadFromJsonAsync<JsonElement>();
        answer.TryGetProperty("name", out _).ShouldBeFalse();
        Allowed(answer).Count().ShouldBe(6);
    }

    [Test]
    public async Task Should_hear_of_the_role_operate_each_verb_that_a_route_gives_to_it()
    {
        await using var host = await MemoryHost.Start();
        var verbs = host
            .Routes.Where(route => route.Metadata.GetMetadata<RouteAccess>()?.Role == SagaRole.Operate)
            .Select(route => Word(route.RoutePattern))
            .Distinct()
            .ToArray();
        verbs.ShouldContain("pause");
        var answer = await (await host.Get(Path)).Content.ReadFromJsonAsync<JsonElement>();
        var does = answer.GetProperty("roles").EnumerateArray().Single(role => role.GetProperty("role").GetString() == "operate");
        verbs.Where(verb => !does.GetProperty("does").GetString()!.Contains(verb, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    // The last word of the path: a verb, or what is made.
    private static string Word(RoutePattern route) =>
        route.PathSegments.SelectMany(segment => segment.Parts).OfType<RoutePatternLiteralPart>().Last().Content.Replace('-', ' ');

    private static IEnumerable<string> Allowed(JsonElement answer) =>
        answer
            .GetProperty("roles")
            .EnumerateArray()
            .Where(role => role.GetProperty("may").GetBoolean())
            .Select(role => role.GetProperty("role").GetString()!);
}
