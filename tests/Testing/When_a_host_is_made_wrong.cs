using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Testing.Tests.Hotels;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>What a host is missing, or has twice, is said in words.</summary>
public sealed class When_a_host_is_made_wrong
{
    [Test]
    public void Should_say_that_a_participant_has_no_steps() =>
        Refusal(services => services.AddParticipant("hotels", _ => { }))
            .ShouldBe("Participant 'hotels' has no steps. Call AddStep<...>() in AddParticipant(\"hotels\", ...).");

    [Test]
    public void Should_say_that_a_name_cannot_be_that_of_a_queue() =>
        Refusal(services => services.AddParticipant("hotels!", hotels => hotels.AddStep<ChargeCardStep>())).ShouldContain("'hotels!'");

    [Test]
    public void Should_say_that_a_participant_is_there_twice() =>
        Refusal(services =>
                services
                    .AddParticipant("cards", cards => cards.AddStep<ChargeCardStep>())
                    .AddParticipant("cards", cards => cards.AddStep<ChargeCardStep>())
            )
            .ShouldBe("This host has a participant 'cards' already. Add all its steps in one place.");

    [Test]
    public void Should_say_that_an_orchestrator_is_there_twice() =>
        Refusal(services =>
            {
                services.AddSagaOrchestrator(options => options.UseInMemory());
                services.AddSagaOrchestrator(options => options.UseInMemory());
            })
            .ShouldStartWith("This host has an orchestrator already.");

    [Test]
    public async Task Should_say_that_no_plan_starts_with_such_data()
    {
        await using var host = await new InMemoryHost().With(new TripPlan()).Start();
        (await Should.ThrowAsync<InvalidOperationException>(() => host.StartSaga(new StartStay("S-1", "Rome")))).Message.ShouldBe(
            "No plan of this host starts with StartStay. Add it with AddPlan<...>() or With(...)."
        );
    }

    [Test]
    public void Should_say_that_it_is_not_started() =>
        Should
            .Throw<InvalidOperationException>(() => new InMemoryHost().Harness)
            .Message.ShouldBe("The host is not started. Call Start().");

    private static string Refusal(Action<IServiceCollection> register) =>
        Should.Throw<InvalidOperationException>(() => new InMemoryHost(register)).Message;
}
