using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Tests.Http;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Reads;

/// <summary>Which plan versions there are and what they say, over REST.</summary>
public sealed class When_plans_are_read
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        system = await RunningSystem.Start(add: services =>
            services.AddSingleton<Plan>(new StayPlan(version: 1)).AddSingleton<Plan>(new StayPlan(version: 2))
        );

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_list_versions_with_what_is_under_way_and_what_is_to_be_done()
    {
        var order = await system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await system.Api.WaitForStep(order, "await_approval", "Signal");
        await system.Sandbox.Execute(
            "insert into orchestrator.plan_version (type, version, fingerprint) values ('stay', 9, '-'); "
                + "insert into orchestrator.saga_count (type, plan_version, state, sagas) values ('stay', 9, 'Pending', 3)"
        );
        var listed = await Eventually.Get(
            List,
            plans => Plan(plans, "business-order", 1).GetProperty("underWay").GetInt64() == 1,
            "it counts"
        );
        listed
            .EnumerateArray()
            .Where(plan => plan.GetProperty("type").GetString() == "stay")
            .Select(plan => plan.GetProperty("version").GetInt32())
            .ShouldBe([9, 2, 1]);
        var (newest, former, unknown) = (Plan(listed, "stay", 2), Plan(listed, "stay", 1), Plan(listed, "stay", 9));
        (newest.GetProperty("isNewest").GetBoolean(), newest.GetProperty("findings").GetArrayLength()).ShouldBe((true, 0));
        former.GetProperty("findings").Strings().ShouldBe(["No saga is under way on it. Its class may be removed."]);
        (unknown.GetProperty("isHere").GetBoolean(), unknown.GetProperty("underWay").GetInt64()).ShouldBe((false, 3));
        unknown
            .GetProperty("findings")
            .Strings()
            .ShouldBe(["3 sagas are under way on it, and this node does not have it yet. Nodes that do serve them."]);
        (await system.Api.GetAsync(unknown.GetProperty("href").GetString() + "/diagram")).StatusCode.ShouldBe(
            HttpStatusCode.ServiceUnavailable
        );
        var told = await system.Api.GetFromJsonAsync<JsonElement>(unknown.GetProperty("href").GetString());
        (told.GetProperty("states").GetProperty("Pending").GetInt64(), told.TryGetProperty("steps", out _)).ShouldBe((3, false));
        await system.Api.Operate(order, "cancel", new { by = "test", reason = "The test is over." });
    }

    [Test]
    public async Task Should_tell_steps_times_and_columns()
    {
        var plan = await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/plans/order-fulfillment/1");
        var steps = plan.GetProperty("steps").EnumerateArray().ToList();
        steps
            .Select(step => step.GetProperty("name").GetString())
            .ShouldBe(["reserve_inventory", "process_payment", "create_shipment", "send_confirmation"]);
        steps[1].GetProperty("participant").GetString().ShouldBe("payments");
        steps[1].GetProperty("timeout").GetDouble().ShouldBe(30);
        steps[1].GetProperty("retry").GetProperty("attempts").GetInt32().ShouldBeGreaterThan(1);
        steps[1].TryGetProperty("compensationRetry", out _).ShouldBeTrue();
        plan.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()).ShouldContain("customer");
        var business = await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/plans/business-order/1");
        business.Step("await_approval").GetProperty("signal").GetString().ShouldBe("approval");
        business.Step("await_approval").TryGetProperty("participant", out _).ShouldBeFalse();
    }

    [Test]
    public async Task Should_tell_what_a_version_says_otherwise()
    {
        var compared = await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/plans/stay/2/differences");
        (compared.GetProperty("from").GetInt32(), compared.GetProperty("isSameStructure").GetBoolean()).ShouldBe((1, false));
        compared
            .GetProperty("differences")
            .EnumerateArray()
            .Select(one => (one.GetProperty("step").GetString(), one.GetProperty("what").GetString()))
            .ShouldBe([("book", "timeout"), ("confirm", "step")]);
        var same = await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/plans/stay/2/differences?from=2");
        same.GetProperty("differences").GetArrayLength().ShouldBe(0);
    }

    [Test]
    public async Task Should_draw_it()
    {
        (await system.Api.GetStringAsync("/api/v1/plans/stay/2/diagram")).ShouldContain("stay version 2");
        (await system.Api.GetStringAsync("/api/v1/plans/stay/2/diagram?format=mermaid")).ShouldStartWith("%%{init");
    }

    [TestCase("stay/3")]
    [TestCase("stay/3/diagram")]
    [TestCase("stay/3/differences?from=1")]
    [TestCase("nothing/1")]
    public async Task Should_say_that_there_is_none(string path) =>
        await (await system.Api.GetAsync("/api/v1/plans/" + path)).ShouldBeProblem(ProblemTypes.UnknownPlanVersion);

    [TestCase("stay/2/differences?from=0", "from")]
    [TestCase("stay/2/differences?from=7", "from")]
    [TestCase("stay/1/differences", "from")]
    [TestCase("stay/2/diagram?format=png", "format")]
    [TestCase("stay/2?from=1", "from")]
    public async Task Should_name_the_parameter_that_is_wrong(string path, string field) =>
        (await (await system.Api.GetAsync("/api/v1/plans/" + path)).ShouldBeProblem(ProblemTypes.InvalidRequest))
            .ErrorPaths()
            .ShouldContain(field);

    private async Task<JsonElement> List() => (await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/plans")).GetProperty("items");

    private static JsonElement Plan(JsonElement plans, string type, int version) =>
        plans
            .EnumerateArray()
            .Single(plan => (plan.GetProperty("type").GetString(), plan.GetProperty("version").GetInt32()) == (type, version));

    private sealed record StartStay(string Key);

    private sealed class StayPlan : Plan<StartStay>
    {
        public StayPlan(int version)
            : base("stay", version)
        {
            Step("book")
                .At("inventory")
                .Within(TimeSpan.FromSeconds(10 * version))
                .Do((_, _) => new ReserveItems("1", []))
                .UndoneBy((_, _) => new ReleaseReservation("1"));
            if (version > 1)
            {
                Step("confirm")
                    .At("inventory")
                    .Within(TimeSpan.FromSeconds(10))
                    .Do((_, _) => new ReserveItems("1", []))
                    .UndoneBy((_, _) => new ReleaseReservation("1"));
            }
        }

        public override StartStay Example { get; } = new("1");

        public override string BusinessKey(StartStay data) => data.Key;

        public override IEnumerable<FieldError> Validate(StartStay data) => [];
    }
}
