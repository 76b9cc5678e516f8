using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Testing.Tests;

public sealed class When_a_participant_reads_its_settings
{
    private const string Database = "ConnectionStrings:hotels";

    [Test]
    public void Should_name_the_connection_string_that_is_missing() => Refusal("hotels", []).ShouldContain("ConnectionStrings__hotels");

    [Test]
    public void Should_name_a_setting_that_cannot_be_read() =>
        Refusal("hotels", new() { [Database] = "Host=none", ["RabbitMq:Port"] = "many" }).ShouldContain("RabbitMq:Port");

    [TestCase("two words")]
    [TestCase("hotels.dead-letter")]
    public void Should_refuse_a_name_that_cannot_be_a_queue(string name) =>
        Refusal(name, new() { [$"ConnectionStrings:{name}"] = "Host=none" }).ShouldContain("a participant's name and queue");

    [Test]
    public void Should_ask_for_a_schema_where_the_name_cannot_be_one() =>
        Refusal("acme-hotels", new() { ["ConnectionStrings:acme-hotels"] = "Host=none" }).ShouldContain("schema: ...");

    [Test]
    public void Should_take_a_name_that_cannot_be_a_schema_with_another_schema() =>
        new ServiceCollection()
            .AddParticipant(
                "acme-hotels",
                hotels => hotels.UsePostgres("Host=none", schema: "acme_hotels").UseRabbitMq(new BusConnection()).AddStep<KnockStep>()
            )
            .ShouldNotBeEmpty();

    private static string Refusal(string name, Dictionary<string, string?> settings) =>
        Should
            .Throw<InvalidOperationException>(() =>
                new ServiceCollection().AddParticipant(
                    name,
                    hotels =>
                        hotels.ReadServersFrom(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddStep<KnockStep>()
                )
            )
            .Message;

    private sealed record Knock : SagaCommand;

    private sealed class KnockStep : StepHandler<Knock>
    {
        public override Task<StepOutcome> Do(Knock command, StepContext context) => new StepOutcome.Completed();
    }
}
