using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Testing.Tests.Hotels;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>In memory each format runs as on the servers.</summary>
public sealed class When_a_participant_has_a_format
{
    [Test]
    public async Task Should_be_asked_and_answer_in_it([Values] MessageFormat format)
    {
        await using var host = await new InMemoryHost(services =>
        {
            services
                .AddSagaOrchestrator(options => options.UseInMemory().Participant("hotels", hotels => hotels.Format = format))
                .AddPlan<StayPlan>();
            services.AddSingleton<Rooms>().AddScoped<Bookings>().AddParticipant("hotels", hotels => hotels.AddStep<BookRoomStep>());
        }).Start();
        var stay = await host.StartSaga(new StartStay("S-1", "Rome"));
        await host.Signal(stay, "guest");

        (await host.Saga(stay)).State.ShouldBe(SagaState.Completed);
        var command = host.Harness.Consumed.Select<BookHotel>().ShouldHaveSingleItem().Context;
        command.Message.Saga!.ReplyFormat.ShouldBe(format == MessageFormat.Envelope ? null : format);
        command.ReceiveContext.ContentType!.MediaType.ShouldBe(ContentTypeOf(format));
        host.Harness.Consumed.Select<SagaStepCompleted>()
            .ShouldHaveSingleItem()
            .Context.ReceiveContext.ContentType!.MediaType.ShouldBe(ContentTypeOf(format));
        host.Faults.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_answer_in_it_much_later_too()
    {
        await using var host = await new InMemoryHost(services =>
        {
            services
                .AddSagaOrchestrator(options => options.UseInMemory().Participant("hotels", hotels => hotels.Format = MessageFormat.Json))
                .AddPlan<StayPlan>();
            services.AddParticipant("hotels", hotels => hotels.AddStep<AskTheDesk>());
        }).Start();
        await host.StartSaga(new StartStay("S-2", "Rome"));
        var command = host.Harness.Consumed.Select<BookHotel>().ShouldHaveSingleItem().Context.Message.Saga!;
        await host
            .Services.GetRequiredService<DeferredReplies>()
            .Answer(command, _ => Task.FromResult<StepOutcome>(new StepOutcome.Completed(new HotelBooked("12"))), CancellationToken.None);
        await host.Settle();

        host.Harness.Consumed.Select<SagaStepCompleted>()
            .ShouldHaveSingleItem()
            .Context.ReceiveContext.ContentType!.MediaType.ShouldBe("application/json");
    }

    private static string ContentTypeOf(MessageFormat format) =>
        format switch
        {
            MessageFormat.Envelope => "application/vnd.masstransit+json",
            MessageFormat.CloudEvents => "application/cloudevents+json",
            _ => "application/json",
        };

    private sealed class AskTheDesk : StepHandler<BookHotel, CancelHotel>
    {
        public override Task<StepOutcome> Do(BookHotel command, StepContext context) => new StepOutcome.Deferred();

        public override Task<UndoOutcome> Undo(CancelHotel command, StepContext context) => new UndoOutcome.Completed();
    }
}
