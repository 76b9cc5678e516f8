using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders;
using SagaOrchestrator.Tests.Participants;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Sagas;

/// <summary>A function of the plan does not expect what it finds in one saga.</summary>
public sealed class When_a_plan_throws
{
    private Broken broken = null!;
    private RunningSystem system = null!;
    private TestParticipant participant = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        broken = new Broken();
        system = await RunningSystem.Start(add: services => services.AddSingleton(broken).AddPlan<FragilePlan>());
        participant = await TestParticipant.Replace(system, endpoint => endpoint.Add(new Builds()));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await participant.DisposeAsync();
        await system.DisposeAsync();
    }

    [Test]
    public async Task Should_park_the_saga_at_the_step_until_a_retry_finds_the_plan_mended()
    {
        broken.In = "do";
        var id = await StartSaga();
        var saga = await system.Api.WaitFor(id, "Parked");
        saga.Step("furnish").GetProperty("error").GetProperty("code").GetString().ShouldBe("plan_failed");
        saga.Step("build").GetProperty("state").GetString().ShouldBe("Completed");
        var (refused, problem) = await Retry(id, "furnish");
        (refused, problem.GetProperty("type").GetString()).ShouldBe((409, "/problems/plan-failed"));
        // Its command has a marked member, which the text might quote.
        var detail = problem.GetProperty("detail").GetString()!;
        detail.ShouldContain(nameof(InvalidOperationException));
        detail.ShouldNotContain("There is no furniture.");

        broken.In = string.Empty;

        (await Retry(id, "furnish")).Status.ShouldBe(200);
        await system.Api.WaitFor(id, "Completed");
    }

    [Test]
    public async Task Should_not_skip_a_step_whose_condition_cannot_be_told()
    {
        broken.In = "if";
        var id = await StartSaga();
        await system.Api.WaitFor(id, "Parked");

        (await Retry(id, "furnish")).Status.ShouldBe(200);

        (await system.Api.WaitFor(id, "Completed")).Step("furnish").GetProperty("state").GetString().ShouldBe("Completed");
    }

    [Test]
    public async Task Should_park_it_at_a_compensation_too()
    {
        broken.In = "do";
        var id = await StartSaga();
        await system.Api.WaitFor(id, "Parked");
        broken.In = "undo";
        (await system.Api.Operate(id, "cancel", new { by = "alice", reason = "Not needed." })).Status.ShouldBe(200);
        var saga = await system.Api.WaitFor(id, "Parked");
        saga.Step("furnish").GetProperty("state").GetString().ShouldBe("Compensating");

        broken.In = string.Empty;
        (await Retry(id, "furnish")).Status.ShouldBe(200);

        (await system.Api.WaitFor(id, "Failed")).GetProperty("compensated").Strings().ShouldBe(["furnish", "build"]);
        (await system.Sandbox.Peek("orchestrator.dead-letter")).ShouldBeEmpty();
    }

    private Task<Guid> StartSaga() => system.Api.StartSaga(new JsonObject { ["key"] = Guid.NewGuid().ToString() }, "fragile");

    private Task<(int Status, JsonElement Body)> Retry(Guid id, string step) =>
        system.Api.Operate(
            id,
            "retry",
            new
            {
                step,
                by = "alice",
                reason = "Is it mended?",
            }
        );

    /// <summary>Which function throws.</summary>
    private sealed class Broken
    {
        public string In { get; set; } = string.Empty;

        public T Unless<T>(string function, T value) =>
            In == function ? throw new InvalidOperationException("There is no furniture.") : value;
    }

    private sealed class FragilePlan : BuildPlan
    {
        public FragilePlan(Broken broken)
            : base("fragile", step => step.Within(TimeSpan.FromMinutes(5))) =>
            Step("furnish")
                .At(OrderQueues.Notifications)
                .Within(TimeSpan.FromMinutes(5))
                .If((_, _) => broken.Unless("if", value: true))
                .Do((_, _) => broken.Unless("do", Build()))
                .UndoneBy((_, _) => broken.Unless("undo", TearDown()));
    }
}
