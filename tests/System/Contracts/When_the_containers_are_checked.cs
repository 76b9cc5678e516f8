using SagaOrchestrator.Tests.Servers;
using YamlDotNet.Serialization;

namespace SagaOrchestrator.Tests.Contracts;

/// <summary>Compose cannot be run where this is built, so what it names is checked against the tree.</summary>
public sealed class When_the_containers_are_checked
{
    private static readonly string Infra = Path.Combine(TestServers.Root, "infra");

    private static Dictionary<object, object> Services
    {
        get
        {
            var parser = new YamlDotNet.Core.MergingParser(
                new YamlDotNet.Core.Parser(File.OpenText(Path.Combine(Infra, "docker-compose.yml")))
            );
            return Section(new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parser), "services");
        }
    }

    [Test]
    public void Should_find_every_project_and_every_mounted_file()
    {
        var built = 0;
        foreach (var service in Services.Values.Cast<Dictionary<object, object>>())
        {
            if (service.ContainsKey("build"))
            {
                built++;
                var build = Section(service, "build");
                var arguments = Section(build, "args");
                File.Exists(Path.Combine(TestServers.Root, (string)build["dockerfile"])).ShouldBeTrue();
                File.Exists(Path.Combine(TestServers.Root, (string)arguments["PROJECT"], (string)arguments["ASSEMBLY"] + ".csproj"))
                    .ShouldBeTrue();
            }

            var mounts = service.TryGetValue("volumes", out var volumes) ? ((List<object>)volumes).Cast<string>() : [];
            foreach (var source in mounts.Select(mount => mount.Split(':')[0]).Where(source => source.StartsWith('.')))
            {
                Path.Exists(Path.Combine(Infra, source)).ShouldBeTrue(source);
            }
        }

        built.ShouldBe(5);
    }

    [Test]
    public async Task Should_set_what_infra_run_sets()
    {
        var sandbox = await Sandbox.Create();
        await using (sandbox)
        {
            var needed = sandbox
                .Settings()
                .Keys.Where(key =>
                    !key.StartsWith("Serilog", StringComparison.Ordinal) && key is not ("RabbitMq:Port" or "ConnectionStrings:Migrator")
                )
                .Select(key => key.Replace(":", "__", StringComparison.Ordinal))
                .ToList();
            var (participants, orchestrator) = (Environment("participants"), Environment("orchestrator"));
            needed.ShouldAllBe(key => participants.ContainsKey(key) || orchestrator.ContainsKey(key));
            orchestrator["RabbitMq__Username"].ShouldBe("orchestrator");
            orchestrator["RabbitMq__VirtualHost"].ShouldBe("saga");
        }
    }

    [Test]
    public void Should_give_each_service_no_connection_string_but_its_own()
    {
        string[] Connections(string service) =>
            [
                .. Environment(service)
                    .Keys.Cast<string>()
                    .Where(key => key.StartsWith("ConnectionStrings__", StringComparison.Ordinal))
                    .Select(key => key.Split("__")[1])
                    .Order(StringComparer.Ordinal),
            ];
        Connections("orchestrator").ShouldBe(["Orchestrator"]);
        Connections("participants").ShouldBe(["inventory", "notifications", "payments", "shipping"]);
        Connections("load-stock").ShouldBe(["inventory"]);
    }

    [Test]
    public void Should_give_the_migrators_connection_string_to_the_commands_that_migrate_and_to_nobody_else() =>
        Services
            .Where(service =>
                ((Dictionary<object, object>)service.Value).TryGetValue("environment", out var environment)
                && ((Dictionary<object, object>)environment).ContainsKey("ConnectionStrings__Migrator")
            )
            .Select(service => service.Key)
            .ShouldBe(["migrate-orchestrator", "migrate-participants"]);

    private static Dictionary<object, object> Environment(string service) =>
        Section((Dictionary<object, object>)Services[service], "environment");

    private static Dictionary<object, object> Section(Dictionary<object, object> parent, string name) =>
        (Dictionary<object, object>)parent[name];
}
