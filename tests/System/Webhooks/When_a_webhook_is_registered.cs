using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Tests.Health;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Webhooks;

public sealed class When_a_webhook_is_registered
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await RunningSystem.Start(settings => settings["Webhooks:Most"] = "3");

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [TearDown]
    public Task DeleteAll() => system.Sandbox.Execute("delete from orchestrator.webhook");

    [TestCase("http://shop.example/hooks", "https")]
    [TestCase("https://alice:secret@shop.example/hooks", "user name")]
    [TestCase("https://127.0.0.1/hooks", "public address")]
    [TestCase("https://2130706433/hooks", "public address")]
    [TestCase("https://localhost/hooks", "public address")]
    [TestCase("https://[::ffff:10.0.0.1]/hooks", "public address")]
    [TestCase("https://shop.example/#there", "fragment")]
    [TestCase("shop.example", "absolute URL")]
    public async Task Should_refuse_a_url_and_say_what_would_be_right(string url, string sentence)
    {
        var (status, body) = await system.Api.Change(WebhookClient.Path, WebhookClient.Body(url));
        status.ShouldBe(400);
        body.GetProperty("errors").GetProperty("url")[0].GetString()!.ShouldContain(sentence);
    }

    [Test]
    public async Task Should_refuse_what_nobody_would_be_told_of()
    {
        (await Refused("types", new JsonObject { ["types"] = new JsonArray("order-fulfilment") })).ShouldContain("order-fulfillment");
        (await Refused("outcomes", new JsonObject { ["outcomes"] = new JsonArray("Ended") })).ShouldContain("Parked");
        (await Refused("outcomes", new JsonObject { ["outcomes"] = new JsonArray() })).ShouldContain("told nothing");
    }

    [Test]
    public async Task Should_send_nothing_to_a_name_that_leads_to_a_private_address()
    {
        await using var receiver = await Receiver.Start();
        var (id, _) = await system.Api.Hook("https://shop.example/hooks");
        await system.Sandbox.Execute($"update orchestrator.webhook set url = '{receiver.Url}' where id = '{id}'");
        var (_, ping) = await system.Api.Change($"{WebhookClient.Path}/{id}/test");
        var tried = await system.Api.WaitForDelivery(id, ping.GetProperty("number").GetInt64(), "Failed");
        tried.GetProperty("problem").GetString()!.ShouldContain("has no public address");
        var named = receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await system.Sandbox.Execute($"update orchestrator.webhook set url = '{named}' where id = '{id}'");
        (_, ping) = await system.Api.Change($"{WebhookClient.Path}/{id}/test");
        tried = await system.Api.WaitForDelivery(id, ping.GetProperty("number").GetInt64(), "Failed");
        tried.GetProperty("problem").GetString()!.ShouldContain("'localhost' has no public address");
        receiver.All.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_tell_the_secret_once_and_log_who_did_what()
    {
        var log = new RecordedLog();
        await using var watched = await RunningSystem.Start(
            settings =>
            {
                settings.Webhooks();
                settings["Serilog:MinimumLevel:Default"] = "Debug";
            },
            add: services => services.AddSingleton<ILoggerProvider>(log)
        );
        await using var receiver = await Receiver.Start((_, _) => Task.FromResult(500));
        var (id, first) = await watched.Api.Hook(receiver.Url);
        var (_, rotated) = await watched.Api.Change($"{WebhookClient.Path}/{id}/rotate-secret");
        var second = rotated.GetProperty("secret").GetString()!;
        var (_, ping) = await watched.Api.Change($"{WebhookClient.Path}/{id}/test");
        var number = ping.GetProperty("number").GetInt64();
        await watched.Api.WaitForDelivery(id, number, "Failed");
        await watched.Api.Change($"{WebhookClient.Path}/{id}/deliveries/{number}/redeliver");
        await watched.Api.Change($"{WebhookClient.Path}/{id}/change", WebhookClient.Body(receiver.Url));
        foreach (
            var path in new[]
            {
                WebhookClient.Path,
                $"{WebhookClient.Path}/{id}",
                $"{WebhookClient.Path}/{id}/deliveries",
                $"{WebhookClient.Path}/{id}/deliveries/{number}",
                "/api/v1/operator-actions",
            }
        )
        {
            ShouldHideSecrets(await watched.Api.GetStringAsync(path), first, second);
        }

        await watched.Api.Change($"{WebhookClient.Path}/{id}/delete");
        (await watched.Api.GetAsync($"{WebhookClient.Path}/{id}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await watched.Sandbox.Query<long>("select count(*) from orchestrator.webhook_secret")).ShouldBe(0);
        var actions = (await watched.Api.GetFromJsonAsync($"/api/v1/operator-actions?subject={id}")).Reverse().ToList();
        actions
            .Select(action => action.GetProperty("verb").GetString())
            .ShouldBe(["create", "rotate-secret", "test", "redeliver", "change", "delete"]);
        actions.ShouldAllBe(action =>
            action.GetProperty("kind").GetString() == "webhook"
            && action.GetProperty("by").GetString() == "alice"
            && action.GetProperty("origin").GetString() == "127.0.0.1"
        );
        ShouldHideSecrets(string.Join('\n', log.Lines), first, second);
    }

    [Test]
    public async Task Should_register_no_more_than_there_may_be()
    {
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await system.Api.Hook("https://shop.example/hooks");
        }

        var (status, body) = await system.Api.Change(WebhookClient.Path, WebhookClient.Body("https://shop.example/hooks"));
        (status, body.GetProperty("code").GetString()).ShouldBe((409, "too-many-webhooks"));
    }

    [Test]
    public async Task Should_say_what_is_not_there()
    {
        var nobody = Guid.NewGuid();
        foreach (var verb in new[] { "change", "delete", "rotate-secret", "test", "deliveries/1/redeliver" })
        {
            var (status, body) = await system.Api.Change(
                $"{WebhookClient.Path}/{nobody}/{verb}",
                verb == "change" ? WebhookClient.Body("https://shop.example/hooks") : null
            );
            (status, body.GetProperty("code").GetString()).ShouldBe((404, "unknown-webhook"), verb);
        }

        var (id, _) = await system.Api.Hook("https://shop.example/hooks");
        var (missing, problem) = await system.Api.Change($"{WebhookClient.Path}/{id}/deliveries/7/redeliver");
        (missing, problem.GetProperty("code").GetString()).ShouldBe((404, "unknown-delivery"));
        var answer = await system.Api.GetAsync($"{WebhookClient.Path}/{id}/deliveries/7");
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("code").GetString().ShouldBe("unknown-delivery");
    }

    private static void ShouldHideSecrets(string text, params string[] secrets)
    {
        text.ShouldNotContain("whsec_");
        foreach (var secret in secrets)
        {
            text.ShouldNotContain(secret["whsec_".Length..]);
        }
    }

    private async Task<string> Refused(string field, JsonObject more)
    {
        var (status, body) = await system.Api.Change(WebhookClient.Path, WebhookClient.Body("https://shop.example/hooks", more));
        status.ShouldBe(400, body.GetRawText());
        return body.GetProperty("errors").GetProperty(field)[0].GetString()!;
    }
}
