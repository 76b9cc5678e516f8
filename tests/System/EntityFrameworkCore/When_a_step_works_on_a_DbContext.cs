using Microsoft.EntityFrameworkCore;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Tests.EntityFrameworkCore;

/// <summary>What it saves is committed with its reply, or not at all, whoever calls SaveChanges.</summary>
public sealed class When_a_step_works_on_a_DbContext
{
    private HotelsParticipant hotels = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        hotels = await HotelsParticipant.Start();
        await hotels.AddHotel("Oslo", 100);
    }

    [OneTimeTearDown]
    public async Task Stop() => await hotels.DisposeAsync();

    [Test]
    [Property("Rule", "S5")]
    public async Task Should_save_what_the_step_has_only_changed()
    {
        await hotels.AddHotel("Rome", 10);
        var sagaId = Guid.NewGuid();
        await hotels.Book(sagaId, "Rome", 4);

        (await hotels.Replies(sagaId)).Single().GetProperty("result").GetProperty("left").GetInt32().ShouldBe(6);
        (await hotels.Rooms("Rome")).ShouldBe(6);
        (await hotels.Bookings(sagaId)).ShouldBe(1);
    }

    [Test]
    public async Task Should_let_it_save_several_times_and_read_what_it_has_written()
    {
        var sagaId = Guid.NewGuid();
        hotels.Instead.Do[sagaId] = async (db, context) =>
        {
            for (var no = 1; no <= 3; no++)
            {
                db.Bookings.Add(
                    new Booking
                    {
                        SagaId = sagaId,
                        Note = $"{no}",
                        Rooms = no,
                    }
                );
                await db.SaveChangesAsync(context.CancellationToken);
            }

            await db.Bookings.Where(row => row.SagaId == sagaId && row.Rooms == 2).ExecuteDeleteAsync(context.CancellationToken);
            var rooms = await db
                .Bookings.AsNoTracking()
                .Where(row => row.SagaId == sagaId)
                .SumAsync(row => row.Rooms, context.CancellationToken);
            db.Bookings.Add(
                new Booking
                {
                    SagaId = sagaId,
                    Note = "last",
                    Rooms = 1,
                }
            );
            return new StepOutcome.Completed(new RoomsBooked(rooms));
        };
        await hotels.Book(sagaId);

        (await hotels.Replies(sagaId)).Single().GetProperty("result").GetProperty("left").GetInt32().ShouldBe(4);
        (await hotels.Bookings(sagaId)).ShouldBe(3);
    }

    [Test]
    public async Task Should_write_through_kit_and_context_in_one_transaction()
    {
        var sagaId = Guid.NewGuid();
        hotels.Instead.Do[sagaId] = (db, context) =>
        {
            context.Database.Write(
                "insert into notifications.\"Bookings\" (\"SagaId\", \"Note\", \"Rooms\") values ($1, 'kit', 1)",
                sagaId
            );
            db.Bookings.Add(
                new Booking
                {
                    SagaId = sagaId,
                    Note = "context",
                    Rooms = 1,
                }
            );
            return new StepOutcome.Completed();
        };
        await hotels.Book(sagaId);
        await hotels.Replies(sagaId);
        (await hotels.Bookings(sagaId)).ShouldBe(2);
    }

    [Test]
    public async Task Should_keep_nothing_when_it_is_rejected_before_it_saved()
    {
        var sagaId = Guid.NewGuid();
        await hotels.Book(sagaId, "Oslo", 1000);

        (await hotels.Replies(sagaId)).Single().GetProperty("code").GetString().ShouldBe("full");
        (await hotels.Rooms("Oslo")).ShouldBe(100);
        (await hotels.Bookings(sagaId)).ShouldBe(0);
    }

    [Test]
    public async Task Should_keep_nothing_when_it_is_rejected_after_it_saved()
    {
        var sagaId = Guid.NewGuid();
        hotels.Instead.Do[sagaId] = async (db, context) =>
        {
            await Save(db, context);
            context.Database.Write(
                "insert into notifications.\"Bookings\" (\"SagaId\", \"Note\", \"Rooms\") values ($1, 'kit', 1)",
                sagaId
            );
            return new StepOutcome.Rejected("full", "No room is left.");
        };
        await hotels.Book(sagaId);

        (await hotels.Replies(sagaId)).Single().GetProperty("kind").GetString().ShouldBe("rejected");
        (await hotels.Bookings(sagaId)).ShouldBe(0);
        await hotels.Book(sagaId, attempt: 1);
        (await hotels.Replies(sagaId, 2)).ShouldAllBe(reply => reply.GetProperty("code").GetString() == "full");
    }

    [Test]
    [Property("Rule", "S5")]
    public async Task Should_keep_nothing_when_it_throws_and_have_the_effect_when_it_is_tried_again()
    {
        await hotels.AddHotel("Bern", 10);
        var sagaId = Guid.NewGuid();
        hotels.Instead.Do[sagaId] = async (db, context) =>
        {
            await Save(db, context);
            throw new InvalidOperationException("It is broken.");
        };
        await hotels.Book(sagaId, "Bern", 1);
        var faulted = (await hotels.Replies(sagaId)).Single();
        faulted.GetProperty("kind").GetString().ShouldBe("faulted");
        faulted.GetProperty("reason").GetString().ShouldBe("It is broken.");
        (await hotels.Bookings(sagaId)).ShouldBe(0);

        hotels.Instead.Do.TryRemove(sagaId, out _);
        await hotels.Book(sagaId, "Bern", 1, attempt: 2);
        await hotels.Replies(sagaId, 2);
        (await hotels.Rooms("Bern")).ShouldBe(9);
    }

    [Test]
    public async Task Should_answer_faulted_when_what_it_has_changed_cannot_be_saved()
    {
        var sagaId = Guid.NewGuid();
        hotels.Instead.Do[sagaId] = (db, _) =>
        {
            db.Bookings.Add(
                new Booking
                {
                    SagaId = sagaId,
                    Note = "one",
                    Rooms = 1,
                }
            );
            db.Hotels.Add(new Hotel { City = "Oslo" });
            return new StepOutcome.Completed();
        };
        await hotels.Book(sagaId);

        var faulted = (await hotels.Replies(sagaId)).Single();
        (faulted.GetProperty("kind").GetString(), faulted.GetProperty("code").GetString()).ShouldBe(("faulted", "handler_error"));
        (await hotels.Bookings(sagaId)).ShouldBe(0);
    }

    [Test]
    public async Task Should_go_on_after_a_failed_save_that_the_step_knows_the_meaning_of()
    {
        var sagaId = Guid.NewGuid();
        hotels.Instead.Do[sagaId] = async (db, context) =>
        {
            db.Hotels.Add(new Hotel { City = "Oslo" });
            try
            {
                await db.SaveChangesAsync(context.CancellationToken);
            }
            catch (DbUpdateException)
            {
                db.ChangeTracker.Clear();
                db.Bookings.Add(
                    new Booking
                    {
                        SagaId = sagaId,
                        Note = "known",
                        Rooms = 1,
                    }
                );
            }

            return new StepOutcome.Completed();
        };
        await hotels.Book(sagaId);

        (await hotels.Replies(sagaId)).Single().TryGetProperty("kind", out _).ShouldBeFalse();
        (await hotels.Bookings(sagaId)).ShouldBe(1);
    }

    [Test]
    public async Task Should_keep_nothing_of_a_compensation_that_failed()
    {
        await hotels.AddHotel("Lima", 10);
        var sagaId = Guid.NewGuid();
        hotels.Instead.Undo[sagaId] = async (db, context) =>
        {
            await db.Bookings.Where(row => row.SagaId == sagaId).ExecuteDeleteAsync(context.CancellationToken);
            return new UndoOutcome.Failed("closed", "Nobody is there.");
        };
        await hotels.Book(sagaId, "Lima", 3);
        await hotels.Replies(sagaId);
        await hotels.Cancel(sagaId);
        (await hotels.Replies(sagaId, 2)).ShouldContain(reply => Code(reply) == "closed");
        (await hotels.Bookings(sagaId)).ShouldBe(1);

        hotels.Instead.Undo.TryRemove(sagaId, out _);
        await hotels.Cancel(sagaId, attempt: 2);
        await hotels.Replies(sagaId, 3);
        (await hotels.Rooms("Lima")).ShouldBe(10);
    }

    [Test]
    public async Task Should_make_the_step_again_when_its_connection_is_lost_after_it_saved()
    {
        var (sagaId, runs) = (Guid.NewGuid(), 0);
        hotels.Instead.Do[sagaId] = async (db, context) =>
        {
            await Save(db, context);
            if (Interlocked.Increment(ref runs) == 1)
            {
                await db.Database.ExecuteSqlAsync($"select pg_terminate_backend(pg_backend_pid())", context.CancellationToken);
            }

            return new StepOutcome.Completed();
        };
        await hotels.Book(sagaId);

        (await hotels.Replies(sagaId)).Single().TryGetProperty("kind", out _).ShouldBeFalse();
        runs.ShouldBe(2);
        (await hotels.Bookings(sagaId)).ShouldBe(1);
    }

    private static Task<int> Save(HotelsContext db, ReadingStepContext context)
    {
        db.Bookings.Add(
            new Booking
            {
                SagaId = context.SagaId,
                Note = "saved",
                Rooms = 1,
            }
        );
        return db.SaveChangesAsync(context.CancellationToken);
    }

    private static string? Code(System.Text.Json.JsonElement reply) => reply.TryGetProperty("code", out var code) ? code.GetString() : null;
}
