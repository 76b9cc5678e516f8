using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Orchestrator.Tests.Topology;

public sealed class When_a_name_cannot_be_used
{
    [TestCase("")]
    [TestCase("two words")]
    [TestCase("1st")]
    [TestCase("bookings.dead-letter")]
    [TestCase("bookings.incoming")]
    [TestCase("bookings.dead-letter-index")]
    [TestCase("bookings.dead-letter-lock")]
    [TestCase("a|b")]
    public void Should_refuse_a_queue_and_name_its_setting(string queue) =>
        Refusal(options => options.Queue = queue).ShouldContain("Orchestrator:Queue");

    [TestCase("")]
    [TestCase("Bookings")]
    [TestCase("book-ings")]
    [TestCase("a; drop schema b")]
    public void Should_refuse_a_schema_and_name_its_setting(string schema) =>
        Refusal(options => options.UsePostgres("Host=nowhere", schema: schema)).ShouldContain("Orchestrator:Schema");

    private static string Refusal(Action<SagaOrchestratorOptions> configure) =>
        Should
            .Throw<InvalidOperationException>(() =>
                new ServiceCollection().AddSagaOrchestrator(options =>
                {
                    options.UsePostgres("Host=nowhere").UseRabbitMq(new BusConnection());
                    configure(options);
                })
            )
            .Message;
}
