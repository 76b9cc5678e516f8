using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Testing.Tests.Hotels;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>The same calls as in production, servers and all, run in memory.</summary>
public sealed class When_a_host_is_made_of_the_programs_own_registrations
{
    private static readonly IConfiguration Configuration = new ConfigurationBuilder()
        .AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Orchestrator:Queue"] = "front-desk",
                ["ConnectionStrings:Orchestrator"] = "Host=nowhere.invalid",
                ["ConnectionStrings:hotels"] = "Host=nowhere.invalid",
                ["RabbitMq:Host"] = "nowhere.invalid",
                ["RabbitMq:Username"] = "orchestrator",
                ["Origin:Required"] = "true",
            }
        )
        .Build();

    private static async Task<InMemoryHost> Stays() =>
        await new InMemoryHost(services =>
        {
            services.AddSagaOrchestrator(options => options.ReadServersFrom(Configuration)).AddPlan<StayPlan>();
            services.AddHotels(Configuration);
        }).Start();

    [Test]
    public async Task Should_run_them_without_their_servers()
    {
        await using var host = await Stays();
        var stay = await host.StartSaga(new StartStay("S-1", "Rome"));
        await host.Signal(stay, "guest");

        (await host.Saga(stay)).State.ShouldBe(SagaState.Completed);
        (await host.Harness.Consumed.Any<BookHotel>(booking => booking.Context.Message.City == "Rome")).ShouldBeTrue();
        host.Harness.Published.Select<SagaCompleted>().ShouldHaveSingleItem().Context.Message.SagaId.ShouldBe(stay);
        host.Services.GetRequiredService<Rooms>().Free.ShouldBe(0);
        host.Faults.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_give_each_command_a_scope_of_its_own()
    {
        await using var host = await Stays();
        await host.StartSaga(new StartStay("S-2", "Rome"));
        await host.StartSaga(new StartStay("S-3", "Rome"));
        await host.PassTime(TimeSpan.FromDays(1));

        // Two bookings, of which one was refused, and a cancellation.
        host.Services.GetRequiredService<Rooms>().Scopes.ShouldBe(3);
        host.Services.GetRequiredService<Rooms>().Free.ShouldBe(1);
        host.Harness.Published.Select<SagaFailed>().Select(failed => failed.Context.Message.Code).ShouldBe(["full", "timeout"]);
    }

    [Test]
    public async Task Should_give_handlers_the_virtual_clock()
    {
        await using var host = await Stays();
        await host.PassTime(TimeSpan.FromDays(365));
        await host.StartSaga(new StartStay("S-4", "Rome"));
        host.Services.GetRequiredService<Rooms>().BookedAt.ShouldBe(host.Now);
        host.Now.Year.ShouldBe(2027);
    }

    [Test]
    public async Task Should_have_its_queue_where_the_settings_say()
    {
        await using var host = await Stays();
        var stay = await host.StartSaga(new StartStay("S-5", "Rome"));
        await host.PassTime(TimeSpan.FromDays(1));
        (await host.Saga(stay)).State.ShouldBe(SagaState.Failed);
        host.Harness.Consumed.Select<SagaStepCompleted>()
            .ShouldHaveSingleItem()
            .Context.ReceiveContext.InputAddress.AbsolutePath.ShouldBe("/front-desk");
    }
}
