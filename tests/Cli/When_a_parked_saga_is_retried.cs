using SagaOrchestrator.Cli.Tests.Typing;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests;

public sealed class When_a_parked_saga_is_retried
{
    private Terminal terminal = null!;

    [SetUp]
    public void Open() => terminal = CliSystem.Open();

    [TearDown]
    public void Close() => terminal.Dispose();

    [Test]
    public async Task Should_be_found_explained_retried_and_seen_to_end()
    {
        var sagas = await CliSystem.Park(1);
        var name = $"order-fulfillment/{sagas.Prefix}1";
        var listed = await terminal.Do("ls", "--state", "Parked", "--key-prefix", sagas.Prefix);
        listed.ShouldContain(name);
        listed.ShouldContain(sagas.Ids[0].ToString());
        listed.ShouldContain("process_payment: external_error.");

        var shown = await terminal.Do("show", name);
        shown.ShouldContain("Parked");
        shown.ShouldContain("an operator");
        shown.ShouldContain("You can retry process_payment: ");
        (await terminal.Do("explain", name)).ShouldContain("waits for an operator", Case.Insensitive);

        await sagas.Mend();
        var done = await terminal.Type("retry", name, "--reason", "The gateway is back.", "--by", "alice", "--wait");
        done.Output.ShouldContain("It would: ");
        done.Output.ShouldContain("sends the compensation of process_payment to payments again");
        done.Output.ShouldContain("Done. ");
        done.Output.ShouldContain("compensation completed", Case.Insensitive, done.Output + done.Error);
        done.Output.ShouldContain($"{name} is Failed, undone.");
        done.Exit.ShouldBe(4, "it has ended, and not Completed");

        var history = await terminal.Do("history", name);
        history.ShouldContain("operator alice");
        history.ShouldContain("The gateway is back.");
        (await terminal.Do("audit", "--subject", sagas.Ids[0].ToString())).ShouldContain("The gateway is back.");
    }

    [Test]
    public async Task Should_be_told_in_words_that_there_is_nothing_to_retry()
    {
        var saga = await CliSystem.Running.Api.Run(Order.Of(), "Completed");
        var said = await terminal.Type("retry", saga.GetProperty("id").GetString()!, "--reason", "Look.");
        said.Exit.ShouldBe(1);
        said.Output.ShouldBeEmpty();
        said.Error.ShouldContain("can be done by retry now");
        said.Error.ShouldContain("sagas explain");
    }

    [Test]
    public async Task Should_hear_what_the_api_says_of_what_is_not_possible()
    {
        var saga = await CliSystem.Running.Api.Run(Order.Of(), "Completed");
        var said = await terminal.Type("cancel", saga.GetProperty("id").GetString()!, "--reason", "Too late.", "--by", "ann");
        said.Exit.ShouldBe(1);
        said.Error.ShouldContain("(409 completed)");
        said.Error.ShouldContain("Start another one that takes its effect back.");
    }
}
