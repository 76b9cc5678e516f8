using System.Text;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Engine.Webhooks.Sending;

namespace SagaOrchestrator.Tests.Webhooks;

public sealed class When_a_delivery_is_signed
{
    private const string Secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    // The example of Standard Webhooks.
    [Test]
    public void Should_have_the_signature_that_the_standard_shows() =>
        Signature
            .Of(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                Encoding.UTF8.GetBytes("{\"test\": 2432232314}"),
                [Convert.FromBase64String(Secret)]
            )
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Test]
    public void Should_have_one_of_each_secret_in_their_order()
    {
        var (one, other) = (WebhookSecret.Make(), WebhookSecret.Make());
        byte[] body = [1, 2, 3];
        Signature.Of("a", 1, body, [one, other]).ShouldBe($"{Signature.Of("a", 1, body, [one])} {Signature.Of("a", 1, body, [other])}");
    }

    [Test]
    public void Should_have_secrets_that_nobody_guesses_and_that_no_log_shows()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => WebhookSecret.Written(WebhookSecret.Make())).ToList();
        secrets.ShouldBeUnique();
        secrets.ShouldAllBe(secret =>
            Convert.FromBase64String(secret.Replace("whsec_", string.Empty, StringComparison.Ordinal)).Length == 32
        );
        var webhook = new Webhook(
            Guid.NewGuid(),
            new WebhookSettings { Url = "https://example.com" },
            WebhookState.Enabled,
            default,
            default,
            null,
            0,
            0,
            default,
            null
        );
        new IssuedSecret(webhook, secrets[0]).ToString().ShouldNotContain(secrets[0]);
    }

    [Test]
    public void Should_be_registered_with_nothing_in_memory()
    {
        var webhooks = new SagaWebhooks(webhooks: null, new WebhookOptions());
        webhooks.CanBeRegistered.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => webhooks.List(default)).Message.ShouldContain("Run it on Postgres");
    }
}
