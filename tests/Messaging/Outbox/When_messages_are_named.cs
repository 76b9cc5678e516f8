using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>Every message has an id, by which its receiver's inbox knows it.</summary>
public sealed class When_messages_are_named
{
    private static readonly SagaCompensationCompleted Reply = new()
    {
        SagaId = Guid.NewGuid(),
        Step = "reserve",
        CommandId = Guid.NewGuid(),
        Attempt = 1,
    };

    [Test]
    public void Should_be_in_the_order_in_which_Postgres_sorts_them_so_that_an_inbox_grows_at_one_end()
    {
        using var unit = new UnitOfWork(new InboxEntry(Guid.NewGuid(), nameof(SagaCompensationCompleted)));
        for (var count = 0; count < 1000; count++)
        {
            unit.Send(Queues.Orchestrator, Reply, messageId: null, Reply.SagaId, []);
        }

        // Hexadecimal digits sort as the bytes that Postgres compares.
        var ids = unit.Messages.Select(message => message.MessageId.ToString("N")).ToList();
        ids.ShouldBeUnique();
        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
    }
}
