using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Webhooks;

public sealed class When_a_secret_is_rotated
{
    private RunningSystem system = null!;
    private Receiver receiver = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        system = await RunningSystem.Start(settings => settings.Webhooks());
        receiver = await Receiver.Start();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await receiver.DisposeAsync();
        await system.DisposeAsync();
    }

    [Test]
    public async Task Should_sign_with_both_until_the_old_one_ends_and_then_with_the_new_one()
    {
        var (id, first) = await system.Api.Hook(receiver.Url);
        var second = await Rotate(id, "1d");
        second.ShouldNotBe(first);
        var both = await Ping(id);
        both.Signatures.ShouldBe([both.SignatureWith(second), both.SignatureWith(first)]);
        (await system.Api.Webhook(id))
            .GetProperty("previousSecretEndsAt")
            .GetDateTimeOffset()
            .ShouldBe(DateTimeOffset.UtcNow.AddDays(1), TimeSpan.FromMinutes(5));

        await system.Sandbox.Execute(
            $"update orchestrator.webhook_secret set ends_at = now() - interval '1 second' where webhook_id = '{id}' "
                + "and ends_at is not null"
        );
        var one = await Ping(id);
        one.Signatures.ShouldBe([one.SignatureWith(second)]);
        (await system.Api.Webhook(id)).TryGetProperty("previousSecretEndsAt", out _).ShouldBeFalse();
    }

    [Test]
    public async Task Should_end_the_old_one_at_once_when_it_is_told_to()
    {
        var (id, _) = await system.Api.Hook(receiver.Url);
        var second = await Rotate(id, "0s");
        var one = await Ping(id);
        one.Signatures.ShouldBe([one.SignatureWith(second)]);
    }

    [Test]
    public async Task Should_never_sign_with_more_than_two()
    {
        var (id, _) = await system.Api.Hook(receiver.Url);
        var second = await Rotate(id, "1d");
        var third = await Rotate(id, "1d");
        var both = await Ping(id);
        both.Signatures.ShouldBe([both.SignatureWith(third), both.SignatureWith(second)]);
    }

    [Test]
    public async Task Should_be_rotated_by_each_when_several_do_so_at_once()
    {
        var (id, _) = await system.Api.Hook(receiver.Url);
        var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Rotate(id, "1d")));
        secrets.Distinct().Count().ShouldBe(8);
        (await Ping(id)).Signatures.Length.ShouldBe(2);
    }

    [TestCase("soon")]
    [TestCase("31d")]
    public async Task Should_name_an_overlap_that_is_wrong(string overlap)
    {
        var (id, _) = await system.Api.Hook(receiver.Url);
        var (status, body) = await system.Api.Change($"{WebhookClient.Path}/{id}/rotate-secret", Overlap(overlap));
        status.ShouldBe(400);
        body.GetProperty("errors").TryGetProperty("overlap", out _).ShouldBeTrue();
    }

    private static JsonObject Overlap(string overlap) =>
        new()
        {
            ["overlap"] = overlap,
            ["by"] = "alice",
            ["reason"] = "As each year.",
        };

    private async Task<string> Rotate(Guid id, string overlap)
    {
        var (status, body) = await system.Api.Change($"{WebhookClient.Path}/{id}/rotate-secret", Overlap(overlap));
        status.ShouldBe(200, body.GetRawText());
        return body.GetProperty("secret").GetString()!;
    }

    private async Task<Received> Ping(Guid id)
    {
        var (_, ping) = await system.Api.Change($"{WebhookClient.Path}/{id}/test");
        var name = $"{id}-{ping.GetProperty("number").GetInt64()}";
        await Eventually.True(() => Task.FromResult(receiver.All.Any(delivery => delivery.Id == name)), "the ping has come");
        return receiver.All.Single(delivery => delivery.Id == name);
    }
}
