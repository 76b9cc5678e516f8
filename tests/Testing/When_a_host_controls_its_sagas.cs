using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>What an API of a team's own is made of, whatever it speaks.</summary>
public sealed class When_a_host_controls_its_sagas
{
    private static readonly OperatorNote Note = new("olga", "The customer called.");
    private readonly TripPlan plan = new();
    private InMemoryHost host = null!;

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
    public async Task Should_start_a_saga_once_for_its_business_key()
    {
        var first = (await StartTrip("T-1", "Rome")).ShouldBeOfType<StartAnswer.Started>();
        (await StartTrip("T-1", "Rome")).ShouldBeOfType<StartAnswer.Existing>().Saga.Id.ShouldBe(first.Saga.Id);
        (await StartTrip("T-1", "Oslo")).ShouldBeOfType<StartAnswer.Conflict>().Saga.Id.ShouldBe(first.Saga.Id);
    }

    [Test]
    public async Task Should_read_a_saga_its_history_and_the_lists()
    {
        var id = await host.StartSaga(plan, Trip("T-2"));
        var reader = host.Services.GetRequiredService<SagaReader>();
        var saga = (await reader.Get(id, default)).ShouldNotBeNull();
        (saga.Type, saga.PlanVersion, saga.BusinessKey, saga.Progress.State).ShouldBe(("trip", 1, "T-2", SagaState.Pending));
        saga.Progress.Find("await_approval")!.DueAt.ShouldBe(host.Now + TimeSpan.FromDays(14));
        saga.Results["book_hotel"].GetProperty("number").GetString().ShouldBe("room 2");
        var history = await reader.History(id, after: 1, limit: 2, default);
        history.Select(row => row.Version).ShouldBe([2, 3]);
        var search = host.Services.GetRequiredService<SagaSearch>();
        (await search.Find(new SagaQuery { Types = ["trip"], States = [nameof(SagaState.Pending)] }, from: null, limit: 10, default))
            .Sagas.Single()
            .Id.ShouldBe(id);
        (await search.Count(default)).ShouldBe([new SagaCount("trip", 1, nameof(SagaState.Pending), 1)]);
        (await reader.Get(Guid.NewGuid(), default)).ShouldBeNull();
    }

    [Test]
    public async Task Should_take_a_signal_once_and_say_why_it_does_not_take_another()
    {
        var id = await host.StartSaga(plan, Trip("T-3"));
        var signals = host.Services.GetRequiredService<SagaSignals>();
        (await signals.Send(id, new Signal(Guid.NewGuid(), "applause"), default))
            .ShouldBeOfType<ActionAnswer.UnknownSignal>()
            .Known.ShouldBe(["approval"]);
        (await signals.Send(Guid.NewGuid(), new Signal(Guid.NewGuid(), "approval"), default)).ShouldBeOfType<ActionAnswer.UnknownSaga>();
        var no = new Signal(Guid.NewGuid(), "approval", Data: null, new SignalDecline("too_dear"));
        var declined = (await signals.Send(id, no, default)).ShouldBeOfType<ActionAnswer.Done>();
        declined.Saga.Progress.ForwardFailure!.Code.ShouldBe("too_dear");
        await host.Settle();
        (await signals.Send(id, no, default)).ShouldBeOfType<ActionAnswer.Done>();
        (await host.History(id)).Count(entry => entry.Type == HistoryTypes.SagaFailed).ShouldBe(1);
    }

    [Test]
    public async Task Should_cancel_a_saga_and_refuse_what_is_not_possible()
    {
        var id = await host.StartSaga(plan, Trip("T-4"));
        var sagas = host.Services.GetRequiredService<SagaOperator>();
        (await sagas.Retry(id, "no_step", Note, default)).ShouldBeOfType<ActionAnswer.Refused>().Code.ShouldBe("unknown-step");
        (await sagas.Cancel(Guid.NewGuid(), Note, default)).ShouldBeOfType<ActionAnswer.UnknownSaga>();
        (await sagas.Cancel(id, Note, default))
            .ShouldBeOfType<ActionAnswer.Done>()
            .Saga.Progress.ForwardFailure!.Code.ShouldBe("cancelled");
        await host.Settle();
        (await host.History(id)).First(entry => entry.Type == HistoryTypes.OperatorCancelled).By.ShouldBe("olga");
        (await host.Saga(id)).State.ShouldBe(SagaState.Failed);
    }

    [Test]
    public async Task Should_show_breakers_and_say_that_in_memory_none_is_kept()
    {
        var breakers = host.Services.GetRequiredService<SagaBreakers>();
        breakers.Participants.Select(breaker => breaker.Participant).ShouldContain("hotels");
        breakers.OfParticipant("hotels")!.State.ShouldBe(BreakerState.Closed);
        breakers.StopOf("trip").ShouldBeNull();
        breakers.CanBeSet.ShouldBeFalse();
        (await breakers.SetParticipant("nobody", BreakerSetting.Open, Note, default)).ShouldBeNull();
        await Should.ThrowAsync<InvalidOperationException>(() => breakers.SetParticipant("hotels", BreakerSetting.Open, Note, default));
        await Should.ThrowAsync<ArgumentException>(() => breakers.SetParticipant("hotels", "ajar", Note, default));
    }

    [TestCase("", "why")]
    [TestCase("who", "")]
    public void Should_want_to_know_who_acts_and_why(string who, string why) =>
        Should.Throw<ArgumentException>(() => new OperatorNote(who, why));

    [Test]
    public void Should_take_names_and_reasons_up_to_their_bounds()
    {
        new OperatorNote(new string('a', 100), new string('b', 500)).Who.Length.ShouldBe(100);
        Should.Throw<ArgumentException>(() => new OperatorNote(new string('a', 101), "why"));
        Should.Throw<ArgumentException>(() => new OperatorNote("who", new string('b', 501)));
    }

    private static StartTrip Trip(string id, string city = "Rome") => new(id, city, 900, NeedsVisa: false);

    private async Task<StartAnswer> StartTrip(string id, string city)
    {
        Plan trips = plan;
        var answer = await host
            .Services.GetRequiredService<SagaStarter>()
            .Start(trips.Read(JsonSerializer.SerializeToUtf8Bytes(Trip(id, city), SagaJson.Options)), default);
        await host.Settle();
        return answer;
    }
}
