using SagaOrchestrator.Chaos.Floods;

namespace SagaOrchestrator.Chaos.Tests;

internal sealed class When_a_flood_is_drawn
{
    private const int Size = 400;

    [Test]
    public void Should_draw_the_same_messages_from_the_same_seed()
    {
        Ids(seed: 7).ShouldBe(Ids(seed: 7));
        Ids(seed: 7).ShouldNotBe(Ids(seed: 8));
        Ids(seed: 7).Distinct().Count().ShouldBe(Size);
    }

    [Test]
    public void Should_draw_replies_and_signals_for_nobody_as_orphans()
    {
        var orphans = new FloodDraw(seed: 1, Size).Orphans();

        orphans.CountBy(message => message.Type).Select(type => type.Value).ShouldBe([Size / 2, Size / 2]);
        orphans.ShouldAllBe(message => message.Queue == "orchestrator" && message.DeadLetter == "orphan");
        orphans.Select(message => message.Body["sagaId"]!.GetValue<string>()).Distinct().Count().ShouldBe(Size);
    }

    [Test]
    public void Should_draw_as_many_signals_for_each_saga()
    {
        Guid[] sagas = [Guid.NewGuid(), Guid.NewGuid()];

        var signals = new FloodDraw(seed: 1, Size).Requeues(sagas);

        signals.CountBy(message => message.Body["sagaId"]!.GetValue<string>()).Select(saga => saga.Value).ShouldBe([Size / 2, Size / 2]);
        signals.ShouldAllBe(message => message.DeadLetter == null);
    }

    [Test]
    public void Should_draw_suspects_for_every_queue_and_most_of_them_innocent()
    {
        var suspects = new FloodDraw(seed: 1, Size).Suspects();

        suspects.CountBy(message => message.Queue).Select(queue => queue.Value).ShouldBe(Enumerable.Repeat(Size / 5, 5));
        suspects.ShouldAllBe(message =>
            message.Redeliveries >= 4 && (message.Redeliveries == 18) == (message.DeadLetter == "delivery-limit")
        );
        suspects.Count(message => message.DeadLetter is not null).ShouldBeInRange(Size / 40, Size / 10);
        suspects.Count(message => message.Body["times"]!.GetValue<int>() > 0).ShouldBeInRange(Size / 8, Size / 3);
    }

    [Test]
    public void Should_put_a_message_into_an_envelope_that_names_it()
    {
        var message = new FloodDraw(seed: 1, size: 1).Starts("errand")[0];

        var envelope = System.Text.Json.Nodes.JsonNode.Parse(message.Envelope())!;

        envelope["messageId"]!.GetValue<Guid>().ShouldBe(message.Id);
        envelope["messageType"]![0]!.GetValue<string>().ShouldBe("urn:message:SagaOrchestrator.Chaos.Nodes.Served.Errands:StartErrand");
        envelope["message"]!["errandId"]!.GetValue<string>().ShouldBe("errand-1-0");
    }

    private static IEnumerable<Guid> Ids(int seed) => new FloodDraw(seed, Size).Orphans().Select(message => message.Id);
}
