using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.Senders;

namespace SagaOrchestrator.Tests.Senders;

[Property("Rule", "S37")]
public sealed class When_a_message_names_its_sender
{
    private static readonly byte[] Body = "{}"u8.ToArray();
    private readonly SenderProofs proofs = new();
    private MessageSenders senders = null!;

    [SetUp]
    public void Begin()
    {
        proofs.Use([
            [1, 2, 3],
        ]);
        senders = new MessageSenders("orchestrator", proofs);
    }

    [Test]
    public void Should_believe_the_broker() => Of("payments", []).ShouldBe("payments");

    [Test]
    public void Should_not_believe_another_who_says_that_he_sends_for_somebody() =>
        Of("shipping", new() { [SagaHeaders.SentBy] = "payments" }).ShouldBe("shipping");

    [Test]
    public void Should_believe_its_own_service() =>
        Of("orchestrator", new() { [SagaHeaders.SentBy] = "payments"u8.ToArray() }).ShouldBe("payments");

    [Test]
    public void Should_know_nobody_where_its_own_service_knew_nobody() =>
        Of("orchestrator", new() { [SagaHeaders.SentBy] = SagaHeaders.SentByNobody }).ShouldBeNull();

    [Test]
    public void Should_not_believe_a_nameless_one() => Of(null, new() { [SagaHeaders.SentBy] = "payments" }).ShouldBeNull();

    [Test]
    public void Should_believe_a_dead_letter_that_somebody_has_moved_back() => Of(null, Moved(Body)).ShouldBe("payments");

    [Test]
    public void Should_believe_it_after_the_key_was_rotated()
    {
        var moved = Moved(Body);
        proofs.Use([
            [4, 5, 6],
            [1, 2, 3],
        ]);
        Of(null, moved).ShouldBe("payments");
    }

    [Test]
    public void Should_not_believe_it_when_its_key_is_gone()
    {
        var moved = Moved(Body);
        proofs.Use([
            [4, 5, 6],
        ]);
        Of(null, moved).ShouldBeNull();
    }

    [Test]
    public void Should_not_believe_a_proof_for_another_body() => Of(null, Moved("[]"u8.ToArray())).ShouldBeNull();

    [Test]
    public void Should_not_believe_a_proof_for_another_name()
    {
        var moved = Moved(Body);
        moved[SagaHeaders.SentBy] = "inventory";
        Of(null, moved).ShouldBeNull();
    }

    [Test]
    public void Should_prove_nothing_without_a_key()
    {
        proofs.Use([]);
        Moved(Body).Keys.ShouldNotContain(SagaHeaders.SentByProof);
    }

    private string? Of(string? user, Dictionary<string, object?> headers) =>
        senders.Of(new BasicProperties { UserId = user, Headers = headers }, Body);

    private Dictionary<string, object?> Moved(byte[] body) =>
        new(
            new DeadLetter("orchestrator", new BasicProperties { UserId = "payments" }, body, []).Whole(131_072, senders).Headers!,
            StringComparer.Ordinal
        );
}
