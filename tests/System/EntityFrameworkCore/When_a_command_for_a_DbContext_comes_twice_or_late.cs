namespace SagaOrchestrator.Tests.EntityFrameworkCore;

public sealed class When_a_command_for_a_DbContext_comes_twice_or_late
{
    private HotelsParticipant hotels = null!;

    [OneTimeSetUp]
    public async Task Start() => hotels = await HotelsParticipant.Start();

    [OneTimeTearDown]
    public async Task Stop() => await hotels.DisposeAsync();

    [Test]
    [Property("Rule", "S24")]
    public async Task Should_have_its_effect_once_and_be_answered_the_same()
    {
        await hotels.AddHotel("Rome", 10);
        var sagaId = Guid.NewGuid();
        var messageId = Guid.NewGuid();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => hotels.Book(sagaId, "Rome", 4, attempt: 1, messageId)));
        await hotels.Book(sagaId, "Rome", 4, attempt: 2);

        // One for the ten deliveries of attempt 1, one for attempt 2.
        var replies = await hotels.Replies(sagaId, 2);
        replies.Select(reply => reply.GetProperty("attempt").GetInt32()).Order().ShouldBe([1, 2]);
        replies.ShouldAllBe(reply => reply.GetProperty("result").GetProperty("left").GetInt32() == 6);
        (await hotels.Rooms("Rome")).ShouldBe(6);
        (await hotels.Bookings(sagaId)).ShouldBe(1);
    }

    [Test]
    [Property("Rule", "S7")]
    [Property("Rule", "S8")]
    public async Task Should_have_no_effect_after_its_compensation()
    {
        await hotels.AddHotel("Bern", 10);
        var sagaId = Guid.NewGuid();
        await hotels.Cancel(sagaId);
        (await hotels.Replies(sagaId)).Single().GetProperty("nothingToUndo").GetBoolean().ShouldBeTrue();

        await hotels.Book(sagaId, "Bern", 4);
        (await hotels.Replies(sagaId, 2)).ShouldContain(reply => reply.ToString().Contains("fenced", StringComparison.Ordinal));
        (await hotels.Rooms("Bern")).ShouldBe(10);
        (await hotels.Bookings(sagaId)).ShouldBe(0);
    }

    [Test]
    public async Task Should_be_undone_once_when_its_compensation_comes_twice()
    {
        await hotels.AddHotel("Lima", 10);
        var sagaId = Guid.NewGuid();
        await hotels.Book(sagaId, "Lima", 4);
        await hotels.Replies(sagaId);
        await hotels.Cancel(sagaId, attempt: 1);
        await hotels.Cancel(sagaId, attempt: 2);
        await hotels.Replies(sagaId, 3);
        (await hotels.Rooms("Lima")).ShouldBe(10);
        (await hotels.Bookings(sagaId)).ShouldBe(0);
    }
}
