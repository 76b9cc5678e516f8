using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.EntityFrameworkCore;

/// <summary>Somebody else changes a row between the step's read and its save.</summary>
public sealed class When_a_concurrency_token_is_lost
{
    private HotelsParticipant hotels = null!;

    [OneTimeSetUp]
    public async Task Start() => hotels = await HotelsParticipant.Start();

    [OneTimeTearDown]
    public async Task Stop() => await hotels.DisposeAsync();

    [Test]
    [Property("Rule", "S27")]
    public async Task Should_make_the_step_again_on_what_is_there_then()
    {
        await hotels.AddHotel("Rome", 10);
        var sagaId = Guid.NewGuid();
        var contexts = new ConcurrentBag<DbContextId>();
        hotels.Instead.Do[sagaId] = async (db, context) =>
        {
            contexts.Add(db.ContextId);
            var outcome = await BookRoomsStep.Book(new BookRooms("Rome", 2), db, context);
            if (contexts.Count == 1)
            {
                await TakeRoom("Rome");
            }

            return outcome;
        };
        await hotels.Book(sagaId);

        (await hotels.Replies(sagaId)).Single().GetProperty("result").GetProperty("left").GetInt32().ShouldBe(7);
        (await hotels.Rooms("Rome")).ShouldBe(7);
        (await hotels.Bookings(sagaId)).ShouldBe(1);
        contexts.Distinct().Count().ShouldBe(2, "each run has a context of its own");
    }

    [Test]
    public async Task Should_let_all_of_many_sagas_book_the_same_hotel()
    {
        await hotels.AddHotel("Oslo", 20);
        var sagas = Enumerable.Range(0, 8).Select(_ => Guid.NewGuid()).ToArray();
        await Task.WhenAll(sagas.Select(sagaId => hotels.Book(sagaId, "Oslo", 1)));
        foreach (var sagaId in sagas)
        {
            // One that conflicts too often is faulted, and sent again by the orchestrator.
            var attempt = 1;
            while ((await hotels.Replies(sagaId, attempt))[^1].TryGetProperty("kind", out _))
            {
                await hotels.Book(sagaId, "Oslo", 1, ++attempt);
            }
        }

        (await hotels.Rooms("Oslo")).ShouldBe(12);
    }

    [Test]
    public async Task Should_answer_faulted_in_the_end_and_keep_nothing()
    {
        await hotels.AddHotel("Bern", 100);
        var (sagaId, runs) = (Guid.NewGuid(), 0);
        hotels.Instead.Do[sagaId] = async (db, context) =>
        {
            Interlocked.Increment(ref runs);
            var outcome = await BookRoomsStep.Book(new BookRooms("Bern", 50), db, context);
            await TakeRoom("Bern");
            return outcome;
        };
        await hotels.Book(sagaId);

        var faulted = (await hotels.Replies(sagaId)).Single();
        (faulted.GetProperty("kind").GetString(), faulted.GetProperty("code").GetString()).ShouldBe(("faulted", "concurrency_conflict"));
        faulted.GetProperty("reason").GetString().ShouldBe("Somebody else has changed a row of Hotel since the step read it.");
        runs.ShouldBe(11);
        (await hotels.Rooms("Bern")).ShouldBe(100 - runs);
        (await hotels.Bookings(sagaId)).ShouldBe(0);
        (await hotels.Sandbox.Peek("notifications.dead-letter")).ShouldBeEmpty();
    }

    [Test]
    public async Task Should_make_a_compensation_again_too()
    {
        await hotels.AddHotel("Lima", 10);
        var (sagaId, runs) = (Guid.NewGuid(), 0);
        hotels.Instead.Undo[sagaId] = async (db, context) =>
        {
            (await db.Hotels.SingleAsync(row => row.City == "Lima", context.CancellationToken)).Rooms += 4;
            if (Interlocked.Increment(ref runs) == 1)
            {
                await TakeRoom("Lima");
            }

            return new UndoOutcome.Completed();
        };
        await hotels.Book(sagaId, "Lima", 4);
        await hotels.Replies(sagaId);
        await hotels.Cancel(sagaId);
        await hotels.Replies(sagaId, 2);
        (await hotels.Rooms("Lima")).ShouldBe(9);
    }

    [Test]
    public async Task Should_make_a_step_again_that_says_itself_that_it_conflicts()
    {
        var (sagaId, runs) = (Guid.NewGuid(), 0);
        hotels.Instead.Do[sagaId] = (_, _) =>
            Interlocked.Increment(ref runs) == 3
                ? new StepOutcome.Completed(new RoomsBooked(3))
                : throw new ConcurrencyConflictException("It is taken.");
        await hotels.Book(sagaId);
        (await hotels.Replies(sagaId)).Single().GetProperty("result").GetProperty("left").GetInt32().ShouldBe(3);
    }

    private Task TakeRoom(string city) =>
        hotels.Sandbox.Execute($"""update notifications."Hotels" set "Rooms" = "Rooms" - 1 where "City" = '{city}'""");
}
