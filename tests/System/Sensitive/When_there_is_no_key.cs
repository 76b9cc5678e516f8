using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Tests.Sensitive;

/// <summary>A host that could only keep marked values plain does not start.</summary>
public sealed class When_there_is_no_key
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=nobody";

    [Test]
    public async Task Should_not_start_a_plan_with_marks_and_say_what_to_set()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging();
        builder
            .Services.AddSagaOrchestrator(options => options.UsePostgres(Nowhere).UseRabbitMq(new BusConnection { Port = 1 }))
            .AddPlan<MarkedOrderPlan>();
        using var host = builder.Build();

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => host.StartAsync());

        refused.Message.ShouldStartWith("The plan 'marked-order' has [Sensitive] members");
        refused.Message.ShouldContain("Sensitive:Keys:NAME");
        refused.Message.ShouldNotContain("\n");
    }

    [Test]
    public void Should_not_add_a_participant_that_does_not_know_where_keys_come_from()
    {
        var services = new ServiceCollection();

        Should
            .Throw<InvalidOperationException>(() =>
                services.AddParticipant(
                    "payments",
                    participant =>
                    {
                        participant.UsePostgres(Nowhere).UseRabbitMq(new BusConnection { Port = 1 }).AddStep<ChargeStep>();
                        participant.SensitiveKeys = new KeyRing("one", [new WrappingKey("one", new byte[32])]);
                    }
                )
            )
            .Message.ShouldContain("Sensitive:Orchestrator");
    }
}
