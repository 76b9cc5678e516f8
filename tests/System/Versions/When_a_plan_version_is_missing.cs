using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Plans.Versions;
using SagaOrchestrator.Engine.Postgres;
using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Server.Sagas.BusinessOrders;
using SagaOrchestrator.Server.Sagas.OrderFulfillment;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Versions;

public sealed class When_a_plan_version_is_missing
{
    private RunningSystem system = null!;
    private Guid id;

    [SetUp]
    public async Task Wait()
    {
        system = await SharedSystem.Get();
        id = await system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await system.Api.WaitForStep(id, "await_approval", "Signal");
    }

    [TearDown]
    public async Task End()
    {
        await system.Api.Operate(id, "cancel", new { by = "test", reason = "The test is over." });
        await system.Api.WaitFor(id, "Failed");
    }

    [Test]
    [Property("Rule", "S32")]
    public async Task Should_refuse_to_start_with_a_list_of_what_is_gone_or_changed()
    {
        await using var database = system.Sandbox.Database();
        var versions = new PostgresPlanVersions(database, OrchestratorNames.Default);

        var gone = await Should.ThrowAsync<InvalidOperationException>(() => Check([], versions).Run(default));
        gone.Message.ShouldContain("Plan 'business-order' version 1 is gone");

        var changed = await Should.ThrowAsync<InvalidOperationException>(() =>
            Check([new OtherPlan(), new OrderFulfillmentPlan(new())], versions).Run(default)
        );
        changed.Message.ShouldContain("1. Plan 'business-order' version 1 has changed");
        changed.Message.ShouldContain("reserve_everything");
    }

    [Test]
    [Property("Rule", "S32")]
    public async Task Should_start_beside_a_newer_version_and_remember_it()
    {
        await using var database = system.Sandbox.Database();
        Plan[] registered = [new BusinessOrderPlan(new()), new OrderFulfillmentPlan(new()), new OtherPlan(version: 2)];
        await Check(registered, new PostgresPlanVersions(database, OrchestratorNames.Default)).Run(default);
        var plans = new PlanCatalogue(registered);
        (
            await system.Sandbox.Query<string>(
                "select fingerprint from orchestrator.plan_version where type = 'business-order' and version = 2"
            )
        ).ShouldContain("reserve_everything");
        plans.Find("business-order")!.Definition.Version.ShouldBe(2);
        plans.Get("business-order", 1).Definition.Find("reserve_inventory").ShouldNotBeNull();
    }

    [Test]
    [Property("Rule", "S32")]
    public async Task Should_start_when_the_version_is_newer_than_its_own()
    {
        // As a node of the former build does that is started again in the middle of a deploy.
        await using var database = system.Sandbox.Database();
        await system.Sandbox.Execute($"update orchestrator.saga set plan_version = 7, version = version + 1 where id = '{id}'");

        await Check(
                [new BusinessOrderPlan(new()), new OrderFulfillmentPlan(new())],
                new PostgresPlanVersions(database, OrchestratorNames.Default)
            )
            .Run(default);

        await system.Sandbox.Execute($"update orchestrator.saga set plan_version = 1, version = version + 1 where id = '{id}'");
    }

    [Test]
    [Property("Rule", "S32")]
    public async Task Should_leave_its_messages_to_other_nodes_without_an_end_and_without_loss()
    {
        // The saga is on a version that this node does not know, as it would be on an old node during a rolling deploy.
        await system.Sandbox.Subscribe("to.orchestrator", "copies");
        await system.Sandbox.Execute($"update orchestrator.saga set plan_version = 7, version = version + 1 where id = '{id}'");
        await system.Sandbox.PublishAs("inventory", "orchestrator", await Progressed(Guid.NewGuid()));
        var before = (await system.Api.History(id)).Count;
        await Eventually.True(
            async () => (await system.Sandbox.Peek("copies")).Count(message => message.Payload.Contains(id.ToString())) >= 3,
            "it is requeued twice"
        );
        (await system.Sandbox.Peek("orchestrator.dead-letter"))
            .Where(message => message.Payload.Contains(id.ToString()))
            .Select(message => message.Headers.GetValueOrDefault("dead-letter-message") ?? "no reason")
            .ShouldBeEmpty();
        (await system.Api.History(id)).Count.ShouldBe(before);

        await system.Sandbox.Execute($"update orchestrator.saga set plan_version = 1, version = version + 1 where id = '{id}'");
        await Eventually.True(
            async () => (await system.Api.HistoryTypes(id)).Contains("reply_ignored"),
            "a node that knows the version handles the message"
        );
        // Its sender gave no name, and those who put it back are not its sender.
        (
            await system.Sandbox.Query<string>(
                $"select data ->> 'reason' from orchestrator.saga_history where saga_id = '{id}' and type = 'reply_ignored'"
            )
        ).ShouldNotContain("came from");
    }

    [Test]
    [Property("Rule", "S32")]
    public async Task Should_have_them_wait_where_they_take_no_place_and_are_but_once()
    {
        // As after a deploy that was taken back: there is no node for them.
        await system.Sandbox.Execute($"update orchestrator.saga set plan_version = 7, version = version + 1 where id = '{id}'");
        Guid[] messages = [.. Enumerable.Range(0, 20).Select(_ => Guid.NewGuid())];
        foreach (var message in messages.Concat(messages[..5]))
        {
            await system.Sandbox.PublishAs("inventory", "orchestrator", await Progressed(message));
        }

        await Eventually.True(
            async () => (await Waiting()).Order().SequenceEqual(messages.Order()) && await system.Sandbox.Count("orchestrator") == 0,
            "each waits once in the database, and none in the queue"
        );

        await system.Sandbox.Execute($"update orchestrator.saga set plan_version = 1, version = version + 1 where id = '{id}'");
        await Eventually.True(
            async () =>
                (await system.Api.HistoryTypes(id)).Count(type => type == "reply_ignored") == messages.Length
                && await system.Sandbox.Query<long>("select count(*) from orchestrator.waiting_message") == 0,
            "a node that knows the version handles each once"
        );
    }

    private Task<Guid[]> Waiting() =>
        system.Sandbox.Query<Guid[]>(
            $"select array(select message_id from orchestrator.waiting_message where convert_from(body, 'UTF8') like '%{id}%')"
        );

    private async Task<string> Progressed(Guid messageId) =>
        Envelope.Of(
            "SagaOrchestrator.Messages:SagaStepProgressed",
            new JsonObject
            {
                ["sagaId"] = id.ToString(),
                ["step"] = "reserve_inventory",
                ["attempt"] = 1,
                ["commandId"] = (await system.Sandbox.CommandId(id, "reserve_inventory")).ToString(),
            },
            messageId
        );

    private static PlanVersionCheck Check(IEnumerable<Plan> plans, PostgresPlanVersions versions) =>
        new(new PlanCatalogue(plans), versions, NullLogger<PlanVersionCheck>.Instance);

    private sealed record StartOther(string Key);

    private sealed class OtherPlan : Plan<StartOther>
    {
        public OtherPlan(int version = 1)
            : base("business-order", version) =>
            Step("reserve_everything")
                .At("inventory")
                .Do((_, _) => new ReserveItems("1", []))
                .UndoneBy((_, _) => new ReleaseReservation("1"));

        public override StartOther Example { get; } = new("1");

        public override string BusinessKey(StartOther data) => data.Key;

        public override IEnumerable<FieldError> Validate(StartOther data) => [];
    }
}
