using SagaOrchestrator.Cli.Tests.Typing;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests;

public sealed class When_a_saga_is_started
{
    private Terminal terminal = null!;

    [SetUp]
    public void Open() => terminal = CliSystem.Open();

    [TearDown]
    public void Close() => terminal.Dispose();

    [Test]
    public async Task Should_be_followed_to_its_end_and_be_the_same_when_it_comes_again()
    {
        var id = Order.NewId();
        var order = Order.Of(id: id).ToJsonString();
        using var started = terminal.Start("start", "order-fulfillment", "--file", "-", "--wait");
        await started.Give(order);
        var said = await started.End();
        said.Exit.ShouldBe(0, said.Error);
        said.Output.ShouldContain("Started. ");
        said.Output.ShouldContain("step completed");
        said.Output.ShouldContain($"order-fulfillment/{id} is Completed.");

        var file = Path.Combine(terminal.Home.FullName, "order.json");
        await File.WriteAllTextAsync(file, order);
        (await terminal.Do("start", "order-fulfillment", "--file", file)).ShouldContain("It was started before.");
        var watched = await terminal.Type("show", id, "--watch");
        watched.Exit.ShouldBe(0);
        watched.Output.ShouldContain("saga completed");
    }

    [Test]
    public async Task Should_end_with_a_status_of_its_own_when_it_fails()
    {
        var saga = await CliSystem.Running.Api.Run(Order.Of(token: "tok_declined"), "Failed");
        var said = await terminal.Type("show", saga.GetProperty("id").GetString()!, "--watch");
        said.Exit.ShouldBe(4);
        said.Output.ShouldContain("is Failed, undone.");
    }

    [Test]
    public async Task Should_say_what_is_wrong_with_its_data()
    {
        using var started = terminal.Start("start", "order-fulfillment", "--file", "-");
        await started.Give("""{"orderId": "x"}""");
        var said = await started.End();
        said.Exit.ShouldBe(1);
        said.Error.ShouldContain("customerId: ");
        said.Error.ShouldContain("(400 invalid-request)");
    }

    // Markup of our terminal library, and a link as another would read it.
    [Test]
    public async Task Should_show_a_business_key_as_it_is()
    {
        var key = $"[bold red]{Order.NewId()}[/][link=http://evil.example]";
        using var started = terminal.Start("start", "order-fulfillment", "--file", "-", "--wait");
        await started.Give(Order.Of(id: key).ToJsonString());
        var said = await started.End();
        said.Output.ShouldContain($"order-fulfillment/{key} is Completed.");
        said.Exit.ShouldBe(0, said.Error);
        (await terminal.Do("show", $"order-fulfillment/{key}")).ShouldContain(key);
        (await terminal.Do("ls", "--key", key)).ShouldContain(key);
    }
}
