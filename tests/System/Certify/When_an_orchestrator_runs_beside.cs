using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Contracts;
using SagaOrchestrator.Engine.Topology;
using SagaOrchestrator.Server;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Certify;

/// <summary>The suite has an orchestrator's name of its own, with which the participant is shared.</summary>
public sealed class When_an_orchestrator_runs_beside
{
    [Test]
    public async Task Should_judge_a_participant_that_goes_on_for_both()
    {
        await using var system = await RunningSystem.Start();
        var sandbox = system.Sandbox;
        await using var certify = OrchestratorApp.Build([
            "--ConnectionStrings:Orchestrator=Host=none",
            "--Orchestrator:Queue=certify",
            $"--RabbitMq:VirtualHost={sandbox.Name}",
        ]);
        var options = new TopologyOptions(sandbox.Name, ["orchestrator"], DevelopmentPasswords: true);
        var definitions = JsonSerializer.Deserialize<JsonElement>(certify.Services.GetRequiredService<SagaTopology>().Definitions(options));
        (await sandbox.Console.PostAsJsonAsync("/api/definitions", definitions)).EnsureSuccessStatusCode();
        var contract = Path.GetTempFileName();
        await File.WriteAllTextAsync(contract, certify.Services.GetRequiredService<ContractDocuments>().Write(ContractFormat.AsyncApi));
        string[] arguments =
        [
            "--queue",
            "shipping",
            "--contract",
            contract,
            "--step",
            "order-fulfillment.v1.create_shipment",
            "--patience",
            "30",
            "--broker",
        ];
        var judging = Certifying.Run([.. arguments, Certifying.Broker(sandbox.Name, "certify")]);
        var order = await system.Api.StartSaga(Order.Of(product: "p1"));
        var certified = await judging;
        certified.Errors.ShouldBeEmpty();
        certified.Failed.ShouldBeEmpty(certified.Output);
        certified.Status.ShouldBe(0);
        await system.Api.WaitFor(order, "Completed");
    }
}
