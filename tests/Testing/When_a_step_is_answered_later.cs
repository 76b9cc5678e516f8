using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Testing.Tests.Hotels;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>A step is accepted, and the test answers it as the application would.</summary>
public sealed class When_a_step_is_answered_later
{
    [Test]
    public async Task Should_go_on_with_the_answer()
    {
        await using var host = await new InMemoryHost(services =>
        {
            services.AddParticipant("hotels", hotels => hotels.AddStep<AskTheDesk>());
            services.AddParticipant("cards", cards => cards.AddStep<ChargeCardStep>());
        }).With(new StayPlan()).Start();
        var stay = await host.StartSaga(new StartStay("S-1", "Rome"));
        (await host.Saga(stay)).Find("book_hotel")!.State.ShouldBe(StepState.Executing);

        var command = host.Harness.Consumed.Select<BookHotel>().ShouldHaveSingleItem().Context.Message.Saga!;
        var answered = await host
            .Services.GetRequiredService<DeferredReplies>()
            .Answer(command, _ => Task.FromResult<StepOutcome>(new StepOutcome.Completed(new HotelBooked("12"))), CancellationToken.None);
        answered.ShouldBeTrue();
        await host.Settle();

        (await host.Harness.Consumed.Any<SagaStepCompleted>()).ShouldBeTrue();
        (await host.Saga(stay)).Find("await_guest")!.Wait.ShouldBe(Wait.Signal);
    }

    private sealed class AskTheDesk : StepHandler<BookHotel, CancelHotel>
    {
        public override Task<StepOutcome> Do(BookHotel command, StepContext context) => new StepOutcome.Deferred();

        public override Task<UndoOutcome> Undo(CancelHotel command, StepContext context) => new UndoOutcome.Completed();
    }
}
