using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.EntityFrameworkCore;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Tests.EntityFrameworkCore;

/// <summary>The work takes hours, and ends in a job with a context of its own.</summary>
public sealed class When_a_deferred_step_is_answered_through_a_DbContext
{
    private HotelsParticipant hotels = null!;

    [OneTimeSetUp]
    public async Task Start() => hotels = await HotelsParticipant.Start();

    [OneTimeTearDown]
    public async Task Stop() => await hotels.DisposeAsync();

    [Test]
    public async Task Should_commit_what_it_saves_with_the_answer_and_make_it_again_after_a_conflict()
    {
        await hotels.AddHotel("Rome", 10);
        var (sagaId, runs) = (Guid.NewGuid(), 0);
        var command = await Deferred(sagaId);
        await using var scope = hotels.Scope();
        var db = scope.ServiceProvider.GetRequiredService<HotelsContext>();

        var answered = await hotels.DeferredReplies.Answer(
            command,
            context =>
                context.With(
                    db,
                    async () =>
                    {
                        var outcome = await BookRoomsStep.Book(new BookRooms("Rome", 2), db, context);
                        if (++runs == 1)
                        {
                            await hotels.Sandbox.Execute("update notifications.\"Hotels\" set \"Rooms\" = 9");
                        }

                        return outcome;
                    }
                ),
            CancellationToken.None
        );

        answered.ShouldBeTrue();
        runs.ShouldBe(2);
        (await hotels.Replies(sagaId)).Single().GetProperty("result").GetProperty("left").GetInt32().ShouldBe(7);
        (await hotels.Bookings(sagaId)).ShouldBe(2, "one when it was deferred, one when it was answered");
        (await db.Hotels.AsNoTracking().SingleAsync(row => row.City == "Rome")).Rooms.ShouldBe(
            7,
            "the context has its own connection again"
        );
    }

    [Test]
    public async Task Should_refuse_a_context_that_has_begun_a_transaction()
    {
        var command = await Deferred(Guid.NewGuid());
        await using var scope = hotels.Scope();
        var db = scope.ServiceProvider.GetRequiredService<HotelsContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();

        await hotels.DeferredReplies.Answer(
            command,
            context => context.With(db, () => new StepOutcome.Completed()),
            CancellationToken.None
        );
        var faulted = (await hotels.Replies(command.SagaId)).Single();
        faulted
            .GetProperty("reason")
            .GetString()
            .ShouldBe("HotelsContext has begun a transaction, but a step writes in the kit's. Commit it before, or let it be.");
    }

    private async Task<CommandContext> Deferred(Guid sagaId)
    {
        var accepted = new TaskCompletionSource<CommandContext>();
        hotels.Instead.Do[sagaId] = (db, context) =>
        {
            db.Bookings.Add(
                new Booking
                {
                    SagaId = sagaId,
                    Note = "deferred",
                    Rooms = 1,
                }
            );
            accepted.TrySetResult(context.Command);
            return new StepOutcome.Deferred();
        };
        await hotels.Book(sagaId);
        var command = await accepted.Task;
        await Servers.Eventually.True(async () => await hotels.Bookings(sagaId) == 1, "the step is deferred");
        return command;
    }
}
