using System.Text;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>In memory they are found and redriven as on servers.</summary>
public sealed class When_a_host_has_dead_letters
{
    private static readonly OperatorNote Note = new("olga", "The customer called.");
    private readonly TripPlan plan = new();
    private InMemoryHost host = null!;

    private SagaDeadLetters Letters => host.Services.GetRequiredService<SagaDeadLetters>();

    [SetUp]
    public async Task Start() =>
        host = await new InMemoryHost()
            .With(plan)
            .At("hotels", hotels => hotels.Add(new BookHotelStep(rooms: 2)))
            .At("flights", flights => flights.Add(new BookFlightStep()))
            .Start();

    [TearDown]
    public Task Stop() => host.DisposeAsync().AsTask();

    [Test]
    public async Task Should_find_one_and_send_it_again()
    {
        await SendWhatNobodyHandles();
        var letter = await Single();
        (letter.Queue, letter.Reason, letter.MessageType).ShouldBe((Queues.Orchestrator, "unknown-message-type", nameof(BookHotel)));
        Encoding.UTF8.GetString((await Letters.Body(letter.Id, edited: false, default))!).ShouldContain("Rome");

        (await Letters.Redrive([letter.Id], Note, default))[letter.Id].ShouldBe(new DeadLetterAnswer.Done());
        await host.Settle();

        (await Single()).Id.ShouldNotBe(letter.Id);
        (await Letters.Get(letter.Id, default))!.State.ShouldBe(DeadLetterState.Redriven);
    }

    [Test]
    public async Task Should_find_the_saga_by_it()
    {
        var saga = await host.StartSaga(plan, new StartTrip("T-1", "Rome", 900, NeedsVisa: false));
        var before = (await host.Saga(saga)).State;
        await SendWhatNobodyHandles(saga);
        before.ShouldBe(SagaState.Pending);
        var search = host.Services.GetRequiredService<SagaSearch>();
        (await search.Find(new SagaQuery { HasDeadLetters = true }, null, 10, default)).Sagas.Single().Id.ShouldBe(saga);
        (await search.Find(new SagaQuery { HasDeadLetters = true, BusinessKey = "T-1" }, null, 10, default))
            .Sagas.Single()
            .Id.ShouldBe(saga);
        (await search.Find(new SagaQuery { HasDeadLetters = false }, null, 10, default)).Sagas.ShouldBeEmpty();
        (await Letters.OfSaga(saga, 10, default)).ShouldHaveSingleItem();
        await Letters.Discard([(await Single()).Id], Note, default);
        (await search.Find(new SagaQuery { HasDeadLetters = true }, null, 10, default)).Sagas.ShouldBeEmpty();
    }

    private async Task<SagaDeadLetter> Single() =>
        (await Letters.Find(new DeadLetterQuery(), from: null, limit: 10, default)).Letters.ShouldHaveSingleItem();

    private async Task SendWhatNobodyHandles(Guid? saga = null)
    {
        var orchestrator = await host.Harness.Bus.GetSendEndpoint(new Uri("queue:" + Queues.Orchestrator));
        await orchestrator.Send(new BookHotel("Rome"), context => context.CorrelationId = saga);
        await host.Settle();
    }
}
