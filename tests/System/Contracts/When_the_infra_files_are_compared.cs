using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Engine.Topology;
using SagaOrchestrator.Server;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Contracts;

/// <summary>The files under infra are what the registered plans need: nobody edits them.</summary>
public sealed class When_the_infra_files_are_compared
{
    private static readonly TopologyOptions Development = new("saga", [], DevelopmentPasswords: true);

    [Test]
    public async Task Should_find_the_brokers_definitions_as_written() =>
        (await Read("infra/rabbitmq/definitions.json")).ShouldBe(
            await Written(topology => topology.Definitions(Development)),
            "run infra/topology"
        );

    [Test]
    public async Task Should_find_the_databases_roles_as_written() =>
        (await Read("infra/postgres/roles.sql")).ShouldBe(await Written(topology => topology.Roles(Development)), "run infra/topology");

    private static Task<string> Read(string file) => File.ReadAllTextAsync(Path.Combine(TestServers.Root, file));

    private static async Task<string> Written(Func<SagaTopology, string> write)
    {
        await using var app = OrchestratorApp.Build(["--ConnectionStrings:Orchestrator=Host=none"]);
        return write(app.Services.GetRequiredService<SagaTopology>());
    }
}
