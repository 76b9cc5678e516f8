using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.PlanDocuments;

/// <summary>A document that a newer build has registered, and that this one cannot use: its words are new.</summary>
public sealed class When_a_document_is_of_a_newer_build
{
    private const string Waiting = """
        plan: approval
        version: 1
        data:
          type: object
          required: [approvalId]
          properties:
            approvalId: { type: string, format: key }
        key: /data/approvalId
        example: { approvalId: A-1 }
        steps:
          - name: wait
            signal: approved
            within: 1h
        """;

    private RunningSystem system = null!;

    [SetUp]
    public async Task Start() => system = await RunningSystem.Start();

    [TearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    [Property("Rule", "S32")]
    public async Task Should_refuse_starts_of_that_type_and_say_so_and_start_nodes_all_the_same()
    {
        await Register(Waiting);
        var running = await system.Api.StartSaga(Data("A-1"), "approval");
        await Put(2, Newer(Waiting.Replace("version: 1", "version: 2")));
        var health = await Eventually.Get(
            () => system.Api.GetStringAsync("/health/ready"),
            text => text.Contains("'approval' version 2", StringComparison.Ordinal),
            "readiness names the document"
        );
        health.ShouldContain("colour");

        await ShouldRefuse("A-2");
        await system.Sandbox.Publish("orchestrator", Start("A-3"));
        await system.Api.StartSaga(Order.Of());
        (await system.Api.Operate(running, "cancel", new { by = "test", reason = "It goes on here." })).Status.ShouldBe(200);

        await using var other = await RunningSystem.Start(sandbox: system.Sandbox);
        (await other.Api.GetStringAsync("/health/ready")).ShouldContain("'approval' version 2");
        (await system.Sandbox.Query<long>("select count(*) from orchestrator.saga where type = 'approval'")).ShouldBe(1);
        (await system.Sandbox.Peek("orchestrator.dead-letter")).ShouldBeEmpty();
    }

    [Test]
    [Property("Rule", "S32")]
    public async Task Should_say_so_where_no_version_of_it_can_be_used()
    {
        await Put(1, Newer(Waiting));
        await Eventually.Get(
            () => system.Api.GetStringAsync("/health/ready"),
            text => text.Contains("'approval' version 1", StringComparison.Ordinal),
            "readiness names the document"
        );
        await ShouldRefuse("A-4");
    }

    [Test]
    [Property("Rule", "S32")]
    public async Task Should_not_start_a_node_that_would_have_its_sagas()
    {
        await Register(Waiting);
        await system.Api.StartSaga(Data("A-5"), "approval");
        // As superuser: nobody else can change a document.
        await system.Sandbox.Execute(
            $"set session_replication_role = replica; update orchestrator.plan_document set document = '{Newer(Waiting)}'"
        );
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => RunningSystem.Start(sandbox: system.Sandbox));
        refusal.Message.ShouldContain("'approval' version 1 is a document that this build cannot use, and 1 sagas are under way on it");
        refusal.Message.ShouldContain("colour");
    }

    private static string Newer(string document) => "colour: red\n" + document;

    private static JsonObject Data(string id) => new() { ["approvalId"] = id };

    private static string Start(string id) =>
        Envelope.Of("SagaOrchestrator.Messages:StartSaga", new JsonObject { ["sagaType"] = "approval", ["data"] = Data(id) });

    private async Task ShouldRefuse(string id)
    {
        var refused = await system.Api.PostAsJsonAsync("/api/v1/sagas/approval", Data(id));
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("type").GetString()!.ShouldEndWith("/plan-version-missing");
        problem.GetProperty("detail").GetString()!.ShouldContain("colour");
    }

    private async Task Register(string document) =>
        (
            await system.Api.PostAsJsonAsync(
                "/api/v1/plan-documents",
                new
                {
                    document,
                    by = "ann",
                    reason = "A new saga.",
                }
            )
        ).StatusCode.ShouldBe(HttpStatusCode.Created);

    private Task Put(int version, string document) =>
        system.Sandbox.Execute(
            "insert into orchestrator.plan_document (type, version, document, hash, registered_by) "
                + $"values ('approval', {version}, '{document}', 'h', 'ann')"
        );
}
