using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Engine.Topology;
using SagaOrchestrator.Server;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Topology;

/// <summary>One command gives a team what it needs, on the real servers.</summary>
public sealed class When_a_participant_is_added
{
    private readonly string name = $"hotels_{Environment.ProcessId}";
    private readonly string rentals = $"rentals_{Environment.ProcessId}";
    private readonly string villas = $"villas_{Environment.ProcessId}";
    private readonly string secrets = Directory.CreateTempSubdirectory("secrets").FullName;
    private Sandbox sandbox = null!;

    private (int Status, string Output, string Error) added;

    [OneTimeSetUp]
    public async Task Start()
    {
        sandbox = await Sandbox.Create();
        added = await Add(name);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        foreach (var user in new[] { name, villas, rentals })
        {
            await sandbox.Console.DeleteAsync($"/api/users/{user}");
            await sandbox.Execute($"drop schema if exists {user} cascade; drop role if exists {user}");
        }

        await sandbox.DisposeAsync();
        Directory.Delete(secrets, recursive: true);
    }

    [Test]
    public async Task Should_say_what_its_team_needs_and_print_no_password()
    {
        var (status, output, error) = added;
        (status, error).ShouldBe((0, string.Empty));
        foreach (
            var word in new[]
            {
                $"queue          {name}",
                "to.orchestrator",
                $"to.{name}.dead-letter",
                "fence.sql",
                "contract/asyncapi",
                "sagas-certify",
            }
        )
        {
            output.ShouldContain(word);
        }

        foreach (var of in new[] { "broker", "database" })
        {
            var file = Path.Combine(secrets, $"{name}.{of}.password");
            output.ShouldContain(file);
            output.ShouldNotContain(await File.ReadAllTextAsync(file));
            new FileInfo(file).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Test]
    public async Task Should_let_it_take_commands_and_answer_and_nothing_else()
    {
        await using var orchestrator = await sandbox.Connect("orchestrator");
        await Send(orchestrator, "to." + name, "orchestrator");
        await using var participant = await Connect();
        await using var channel = await participant.CreateChannelAsync();
        (
            await Eventually.Get(() => channel.BasicGetAsync(name, autoAck: true), got => got is not null, "its command came")
        ).ShouldNotBeNull();
        await Send(participant, "to.orchestrator", name);
        await Send(participant, $"to.{name}.dead-letter", name);
        (await sandbox.WaitFor("orchestrator.dead-letter-index")).ShouldHaveSingleItem();
        await Should.ThrowAsync<OperationInterruptedException>(Send(participant, "to.inventory", name));
    }

    [Test]
    public async Task Should_let_its_role_use_the_fence_and_change_no_table()
    {
        await Migrate(await File.ReadAllTextAsync(Path.Combine(TestServers.Root, "infra/postgres/fence.sql")));
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(sandbox.Connection(name)) { Password = await Password("database"), SearchPath = name }
        );
        await using var fence = database.CreateCommand(
            $$"""select fence_query('{"sagaId": "{{Guid.NewGuid()}}", "step": "book", "commandId": "{{Guid.NewGuid()}}", "attempt": 1}', false)::text"""
        );
        ((string)(await fence.ExecuteScalarAsync())!).ShouldContain("not_done");
        await using var change = database.CreateCommand("create table mine (id int)");
        (await Should.ThrowAsync<PostgresException>(change.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
    }

    [Test]
    public async Task Should_change_nothing_the_second_time()
    {
        var before = await State();
        var (status, output, _) = await Add(name);
        status.ShouldBe(0);
        output.ShouldContain(Path.Combine(secrets, $"{name}.broker.password"));
        (await State()).ShouldBe(before);
        await using var participant = await Connect();
        participant.IsOpen.ShouldBeTrue();
    }

    [Test]
    public async Task Should_keep_what_another_orchestrator_gave_and_give_nobody_what_is_the_others()
    {
        await Introduce(rentals);
        foreach (var (participant, by) in new[] { (name, rentals), (villas, rentals), (name, "orchestrator") })
        {
            (await Add(participant, orchestrator: by)).Status.ShouldBe(0);
        }

        (await Allows(name, "write", "to." + rentals, "to.orchestrator", "to." + villas, name)).ShouldBe([true, true, false, false]);
        (await Allows(rentals, "write", "to." + rentals, "to." + name, "to." + villas, "to.orchestrator")).ShouldBe([
            true,
            true,
            true,
            false,
        ]);
        (await Allows(rentals, "read", name + ".dead-letter", villas + ".dead-letter")).ShouldBe([true, true]);
        (await Allows("orchestrator", "write", "to." + name, "to.inventory", "to." + villas, "to." + rentals)).ShouldBe([
            true,
            true,
            false,
            false,
        ]);
        (await Allows("orchestrator", "read", name + ".dead-letter", villas + ".dead-letter", villas)).ShouldBe([true, false, false]);
        (await Allows("orchestrator", "configure", name + ".dead-letter-lock", villas + ".dead-letter-lock")).ShouldBe([true, false]);
    }

    [TestCase("Hotels", "Use lower-case letters, digits and underscores")]
    [TestCase("hotels.dead-letter", "no ending '.dead-letter'")]
    [TestCase("to.hotels", "no beginning 'to.'")]
    [TestCase("listener.hotels", "or 'listener.'")]
    [TestCase("orchestrator", "is taken on broker or database")]
    [TestCase("postgres", "is taken on broker or database")]
    public async Task Should_refuse_a_name_with_a_sentence(string bad, string words)
    {
        var (status, output, error) = await Add(bad);
        (status, output).ShouldBe((1, string.Empty));
        error.ShouldContain(words);
        error.Trim().ShouldNotContain("\n");
    }

    [Test]
    public async Task Should_say_so_when_the_broker_does_not_know_the_administrator()
    {
        var (status, _, error) = await Add(
            "villas",
            TestServers.RabbitMqConsole().BaseAddress!.ToString().Replace("://", "://admin:no@", StringComparison.Ordinal)
        );
        status.ShouldBe(1);
        error.ShouldContain("does not know the user or the password");
        (await sandbox.Query<long>("select count(*) from pg_roles where rolname = 'villas'")).ShouldBe(0);
    }

    private async Task Introduce(string orchestrator)
    {
        await using var app = OrchestratorApp.Build(Arguments(orchestrator));
        var options = new TopologyOptions(sandbox.Name, ["orchestrator"], DevelopmentPasswords: true);
        var definitions = JsonNode.Parse(app.Services.GetRequiredService<SagaTopology>().Definitions(options));
        (await sandbox.Console.PostAsJsonAsync("/api/definitions", definitions)).EnsureSuccessStatusCode();
    }

    private async Task<bool[]> Allows(string user, string right, params string[] names)
    {
        var rights = (await sandbox.Console.GetFromJsonAsync<JsonNode>($"/api/permissions/{sandbox.Name}/{user}"))!;
        return [.. names.Select(one => Regex.IsMatch(one, (string)rights[right]!, RegexOptions.NonBacktracking))];
    }

    private string[] Arguments(string orchestrator)
    {
        var settings = sandbox.Settings();
        settings["Orchestrator:Queue"] = orchestrator;
        return RunningSystem.Arguments(settings);
    }

    private async Task<(int Status, string Output, string Error)> Add(
        string participant,
        string? console = null,
        string orchestrator = "orchestrator"
    )
    {
        await using var app = OrchestratorApp.Build(Arguments(orchestrator));
        var (output, error) = (new StringWriter(), new StringWriter());
        var status = await new ParticipantCommand(app.Services, output, error).Run([
            "participant",
            "add",
            participant,
            "--secrets",
            secrets,
            "--console",
            console ?? Environment.GetEnvironmentVariable("SAGA_TEST_RABBITMQ_CONSOLE")!,
        ]);
        return (status, output.ToString(), error.ToString());
    }

    private Task<string> Password(string of) => File.ReadAllTextAsync(Path.Combine(secrets, $"{name}.{of}.password"));

    private async Task<IConnection> Connect() =>
        await new ConnectionFactory
        {
            HostName = "127.0.0.1",
            Port = TestServers.RabbitMqPort,
            VirtualHost = sandbox.Name,
            UserName = name,
            Password = await Password("broker"),
            AutomaticRecoveryEnabled = false,
        }.CreateConnectionAsync();

    private static async Task Send(IConnection connection, string exchange, string user)
    {
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)
        );
        await channel.BasicPublishAsync(exchange, string.Empty, mandatory: true, new BasicProperties { UserId = user }, new byte[] { 1 });
    }

    private async Task Migrate(string script)
    {
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = sandbox.Name, SearchPath = name }
        );
        await using var command = database.CreateCommand(script);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> State()
    {
        var parts = new List<string>();
        foreach (var part in new[] { "policies", "permissions", "bindings", "exchanges" })
        {
            var found = (
                await sandbox.Console.GetFromJsonAsync<JsonNode>(
                    part == "permissions" ? $"/api/vhosts/{sandbox.Name}/permissions" : $"/api/{part}/{sandbox.Name}"
                )
            )!;
            parts.AddRange(found.AsArray().Select(Described).Order(StringComparer.Ordinal));
        }

        return string.Join('\n', parts);
    }

    // Without what the broker counts.
    private static string Described(JsonNode? item)
    {
        var described = item!.DeepClone().AsObject();
        described.Remove("message_stats");
        return described.ToJsonString();
    }
}
