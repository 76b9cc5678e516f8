using SagaOrchestrator.Cli.Tests.Typing;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests;

public sealed class When_many_are_acted_on
{
    private Terminal terminal = null!;

    [SetUp]
    public void Open() => terminal = CliSystem.Open();

    [TearDown]
    public void Close() => terminal.Dispose();

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_show_first_what_would_be_done_and_then_how_it_goes()
    {
        var sagas = await CliSystem.Park(3);
        string[] order =
        [
            "bulk",
            "create",
            "retry",
            "--state",
            "Parked",
            "--key-prefix",
            sagas.Prefix,
            "--reason",
            "The gateway is back.",
            "--by",
            "alice",
        ];
        var looked = await terminal.Type(order);
        looked.Output.ShouldContain("It would act on 3 of 3 items.");
        looked.Error.ShouldContain("Nothing was begun");
        looked.Exit.ShouldBe(2);
        (await terminal.Json("bulk", "ls")).GetRawText().ShouldNotContain(sagas.Prefix);

        await sagas.Mend();
        var done = await terminal.Type([.. order, "--yes", "--wait"]);
        done.Output.ShouldContain("3 healed");
        done.Output.ShouldContain("is Finished");
        done.Exit.ShouldBe(0);

        var job = (await terminal.Json("bulk", "ls", "--limit", "1")).GetProperty("items")[0].GetProperty("id").GetString()!;
        (await terminal.Do("bulk", "items", job, "--outcome", "Done")).Split('\n').Length.ShouldBe(5, "a head, three items, an end");
        var cancelled = await terminal.Type("bulk", "cancel", job, "--reason", "Too late.", "--by", "bob");
        cancelled.Exit.ShouldBe(1);
        cancelled.Error.ShouldContain("(409 bulk-job-state)");
    }

    [Test]
    public async Task Should_begin_nothing_when_there_is_nothing()
    {
        var said = await terminal.Type("bulk", "create", "retry", "--key-prefix", Order.NewId(), "--reason", "Look.", "--yes");
        said.Exit.ShouldBe(0);
        said.Output.ShouldContain("0 of 0 items");
        said.Error.ShouldContain("nothing to do");
    }

    [Test]
    public async Task Should_end_with_a_status_of_its_own_when_they_are_parked_again()
    {
        var sagas = await CliSystem.Park(1);
        var said = await terminal.Type([
            "bulk",
            "create",
            "retry",
            "--key-prefix",
            sagas.Prefix,
            "--state",
            "Parked",
            "--reason",
            "Hope.",
            "--yes",
            "--wait",
        ]);
        said.Exit.ShouldBe(4, said.Output + said.Error);
        said.Output.ShouldContain("is Stopped");
        said.Output.ShouldContain("are parked again");
    }
}
