using System.Text.Json.Nodes;
using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_many_replies_come_at_once
{
    private const int Width = 64;
    private const int Sagas = 3;

    [Test]
    [Property("Rule", "S27")]
    public async Task Should_lose_none_of_them()
    {
        await using var system = await RunningSystem.Start(add: services => services.AddPlan<WidePlan>());
        var stock = Enumerable.Range(1, Width).Select(number => new StockLine($"wide-{number}", "Wide", 5)).ToList();
        await StockFile.Load(system.Sandbox.Connection("inventory"), "inventory", stock, CancellationToken.None);

        var id = await system.Api.StartSaga(new JsonObject { ["key"] = "wide" }, "wide");
        var saga = await system.Api.WaitFor(id, "Completed");
        saga.GetProperty("steps").EnumerateArray().Count(step => step.GetProperty("state").GetString() == "Completed").ShouldBe(Width);
        (await system.Api.HistoryTypes(id)).Count(type => type == "step_completed").ShouldBe(Width);
        (await system.Sandbox.Query<long>($"select count(*) from inventory.reservation where saga_id = '{id}'")).ShouldBe(Width);
        (
            await system.Sandbox.Query<long>(
                "select count(distinct message_id) from orchestrator.saga_history where type = 'step_completed'"
            )
        ).ShouldBe(Width);
        (
            await system.Sandbox.Query<long>($"select max(version) - count(*) from orchestrator.saga_history where saga_id = '{id}'")
        ).ShouldBe(0);
    }

    [Test]
    [Property("Rule", "S27")]
    public async Task Should_lose_none_of_them_when_two_replicas_share_them()
    {
        await using var sandbox = await Sandbox.CreateMigrated();
        await using var first = await RunningSystem.Start(sandbox: sandbox, add: services => services.AddPlan<WidePlan>());
        await using var second = await RunningSystem.Start(sandbox: sandbox, add: services => services.AddPlan<WidePlan>());
        var stock = Enumerable.Range(1, Width).Select(number => new StockLine($"wide-{number}", "Wide", 50)).ToList();
        await StockFile.Load(sandbox.Connection("inventory"), "inventory", stock, CancellationToken.None);

        var keys = Enumerable.Range(1, Sagas).Select(number => $"wide-{number}").ToArray();
        foreach (var key in keys)
        {
            // At both at once: one of them starts it, the other finds it.
            var ids = await Task.WhenAll(
                new[] { first, second }.Select(system => system.Api.StartSaga(new JsonObject { ["key"] = key }, "wide"))
            );
            ids[1].ShouldBe(ids[0]);
            await first.Api.WaitFor(ids[0], "Completed");
            (await second.Api.HistoryTypes(ids[0])).Count(type => type == "step_completed").ShouldBe(Width);
            (await sandbox.Query<long>($"select count(*) from inventory.reservation where saga_id = '{ids[0]}'")).ShouldBe(Width);
            (
                await sandbox.Query<long>($"select max(version) - count(*) from orchestrator.saga_history where saga_id = '{ids[0]}'")
            ).ShouldBe(0);
        }

        (await sandbox.Query<long>("select count(*) from orchestrator.saga")).ShouldBe(Sagas);
        (await sandbox.Peek("orchestrator.dead-letter")).ShouldBeEmpty();
    }

    private sealed record StartWide(string Key);

    private sealed class WidePlan : Plan<StartWide>
    {
        public WidePlan()
            : base("wide", version: 1) =>
            Parallel([
                .. Enumerable
                    .Range(1, Width)
                    .Select(number =>
                        Step($"reserve_{number}")
                            .At("inventory")
                            .Within(TimeSpan.FromMinutes(1))
                            .Do((start, _) => new ReserveItems(start.Key, [new ReservationLine($"wide-{number}", 1)]))
                            .UndoneBy((start, _) => new ReleaseReservation(start.Key))
                    ),
            ]);

        public override StartWide Example { get; } = new("wide");

        public override string BusinessKey(StartWide data) => data.Key;

        public override IEnumerable<FieldError> Validate(StartWide data) => [];
    }
}
