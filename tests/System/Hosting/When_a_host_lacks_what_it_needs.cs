using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Hosting;

/// <summary>A host that a team builds, with servers that do not know it.</summary>
[NonParallelizable]
public sealed class When_a_host_lacks_what_it_needs
{
    [TestCase("inventory", "migrate", TestName = "A participant without its schema")]
    [TestCase("postgres", "mill", TestName = "A participant without its queue")]
    public async Task Should_end_with_one_line_and_status_1(string user, string says)
    {
        await using var sandbox = await Sandbox.Create();
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging();
        builder.Services.AddParticipant(
            "mill",
            mill =>
                mill.UsePostgres(sandbox.Connection(user), user == "postgres" ? sandbox.Connection("postgres") : null)
                    .UseRabbitMq(Broker(sandbox))
                    .AddStep<GrindStep>()
        );
        var (status, lines) = await Run(builder.Build());
        status.ShouldBe(1);
        lines.Trim().ShouldNotContain("\n");
        lines.ShouldContain(says);
    }

    private static async Task<(int Status, string Lines)> Run(IHost host)
    {
        var before = Console.Error;
        await using var lines = new StringWriter();
        Console.SetError(lines);
        try
        {
            return (await host.RunParticipantCommands([]), lines.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }

    private static BusConnection Broker(Sandbox sandbox) =>
        new()
        {
            Port = TestServers.RabbitMqPort,
            VirtualHost = sandbox.Name,
            Username = "inventory",
            Password = "inventory-dev",
        };

    public sealed record Grind : SagaCommand;

    private sealed class GrindStep : StepHandler<Grind>
    {
        public override Task<StepOutcome> Do(Grind command, StepContext context) => new StepOutcome.Completed();
    }
}
