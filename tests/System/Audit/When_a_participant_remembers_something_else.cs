using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Audit;

public sealed class When_a_participant_remembers_something_else
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await AuditedSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_say_so_and_change_nothing()
    {
        var id = (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
        await system.RunTwice();
        (await Findings(id)).ShouldBeEmpty();
        await Plant(id, "do_state = 'none'");
        var found = await system.Found("fence-disagrees", id.ToString(), "Standing");
        found.Word("step").ShouldBe("process_payment");
        found.Word("detail")!.ShouldContain("'payments' has never seen it");
        (await system.Sandbox.Query<string>(Fence(id))).ShouldBe("none");
        await Plant(id, "do_state = 'completed'");
        await system.Found("fence-disagrees", id.ToString(), "Gone");
    }

    [Test]
    public async Task Should_say_so_when_an_undone_effect_stands()
    {
        var id = (await system.Api.Run(Order.Of(street: null), "Failed")).GetProperty("id").GetGuid();
        await Plant(id, "undo_state = 'none'");
        (await system.Found("fence-disagrees", id.ToString(), "Standing")).Word("detail")!.ShouldContain("the step is Compensated");
        await Plant(id, "undo_state = 'completed'");
        await system.Found("fence-disagrees", id.ToString(), "Gone");
    }

    [Test]
    public async Task Should_let_stand_what_it_cannot_look_at()
    {
        var id = (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
        await Plant(id, "do_state = 'none'");
        await system.Found("fence-disagrees", id.ToString(), "Standing");
        await system.Sandbox.Execute("alter table payments.fence rename to fence_elsewhere");
        await system.Found("fence-unreadable", "payments", "Standing");
        await system.RunTwice();
        (await Findings(id)).Single().Word("outcome").ShouldBe("Standing");
        await system.Sandbox.Execute("alter table payments.fence_elsewhere rename to fence");
        await Plant(id, "do_state = 'completed'");
        await system.Found("fence-disagrees", id.ToString(), "Gone");
        await CanBeRead();
    }

    [Test]
    public async Task Should_say_that_it_cannot_read_what_a_participant_keeps_for_later()
    {
        await system.Sandbox.Execute("alter table payments.waiting_message rename column message_id to message_id_elsewhere");
        await Eventually.Get(
            system.Findings,
            findings =>
                findings.Any(finding => IsUnreadable(finding) && finding.Word("detail")!.Contains("message_id", StringComparison.Ordinal)),
            "what is kept for later cannot be read"
        );
        await system.Sandbox.Execute("alter table payments.waiting_message rename column message_id_elsewhere to message_id");
        await CanBeRead();
    }

    [Test]
    public async Task Should_say_that_it_cannot_read_and_go_on()
    {
        await system.Sandbox.Execute("alter table payments.fence rename to fence_elsewhere");
        await system.Found("fence-unreadable", "payments", "Standing");
        var id = (await system.Api.Run(Order.Of(), "Parked", "Pending", "Completed")).GetProperty("id").GetGuid();
        await system.Sandbox.Execute("alter table payments.fence_elsewhere rename to fence");
        await system.Found("fence-unreadable", "payments", "Gone");
        await system.Api.WaitFor(id, "Completed");
    }

    private static bool IsUnreadable(System.Text.Json.JsonElement finding) =>
        finding.Word("kind") == "fence-unreadable" && finding.Word("outcome") == "Standing";

    private Task CanBeRead() => Eventually.True(async () => !(await system.Findings()).Any(IsUnreadable), "all can be read again");

    private Task Plant(Guid id, string columns) =>
        system.Sandbox.Execute($"update payments.fence set {columns} where saga_id = '{id}' and step = 'process_payment'");

    private static string Fence(Guid id) => $"select do_state from payments.fence where saga_id = '{id}' and step = 'process_payment'";

    private async Task<IEnumerable<System.Text.Json.JsonElement>> Findings(Guid id) =>
        (await system.Findings()).Where(finding => finding.Word("subject") == id.ToString());
}
