using System.Text.Json;
using SagaOrchestrator.Cli.Tests.Typing;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests;

/// <summary>What a script gets: the API's own JSON, and a status that says how it went.</summary>
public sealed class When_a_script_reads
{
    private Terminal terminal = null!;

    [SetUp]
    public void Open() => terminal = CliSystem.Open();

    [TearDown]
    public void Close() => terminal.Dispose();

    [Test]
    public async Task Should_get_what_the_api_says()
    {
        var saga = await CliSystem.Running.Api.Run(Order.Of(), "Completed");
        var id = saga.GetProperty("id").GetString()!;
        (await terminal.Do("show", id, "--json")).TrimEnd('\n').ShouldBe(await CliSystem.Running.Api.GetStringAsync($"/api/v1/sagas/{id}"));
        var csv = await Eventually.Get(
            () => terminal.Do("ls", "--csv", "--key", saga.GetProperty("businessKey").GetString()!),
            text => text.Contains(id, StringComparison.Ordinal),
            "the saga is exported"
        );
        csv.ShouldStartWith("id,type,planVersion,businessKey,state");
    }

    [Test]
    public async Task Should_get_a_problem_as_the_api_says_it_too()
    {
        var said = await terminal.Type("show", Guid.NewGuid().ToString(), "--json");
        said.Exit.ShouldBe(1);
        JsonElement.Parse(said.Output).GetProperty("code").GetString().ShouldBe("unknown-saga");
        said.Error.ShouldContain("Look it up: sagas ls --key-prefix TEXT");
    }

    [Test]
    public async Task Should_get_the_answer_to_a_query_from_the_line_or_a_file()
    {
        var saga = await CliSystem.Running.Api.Run(Order.Of(), "Completed");
        var id = saga.GetProperty("id").GetString()!;
        var line = JsonElement.Parse(await terminal.Do("graphql", "--query", $"{{ saga(id: \"{id}\") {{ state }} }}"));
        line.GetProperty("data").GetProperty("saga").GetProperty("state").GetString().ShouldBe("Completed");
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".graphql");
        await File.WriteAllTextAsync(file, "query One($id: UUID!) { saga(id: $id) { businessKey } } query Other { summary { count } }");
        var asked = await terminal.Do("graphql", "--file", file, "--variables", $"{{\"id\": \"{id}\"}}", "--operation", "One");
        File.Delete(file);
        JsonElement
            .Parse(asked)
            .GetProperty("data")
            .GetProperty("saga")
            .GetProperty("businessKey")
            .GetString()
            .ShouldBe(saga.GetProperty("businessKey").GetString());
        (await terminal.Do("graphql", "--schema")).ShouldContain("type Query {");
        var refused = await terminal.Type("graphql", "--query", "{ nothing }");
        refused.Exit.ShouldBe(1);
        refused.Output.ShouldContain("graphql-invalid");
    }

    [TestCase(2, "graphql")]
    [TestCase(2, "graphql", "--query", "{ a }", "--file", "a.graphql")]
    [TestCase(2, "ls", "--sleeping")]
    [TestCase(2, "retry", "10248")]
    [TestCase(2, "bulk", "create", "resolve", "--reason", "x", "--only-step", "process_payment")]
    [TestCase(2, "ls", "--column", "customer")]
    [TestCase(2, "start", "order-fulfillment", "--file", "/nowhere/order.json")]
    [TestCase(1, "ls", "--state", "Sleeping")]
    [TestCase(1, "show", "order-fulfillment/nowhere")]
    [TestCase(1, "plans", "show", "order-fulfillment", "99")]
    [TestCase(3, "ls", "--server", "http://127.0.0.1:1")]
    [TestCase(2, "ls", "--server", "orchestrator")]
    [TestCase(2, "ls", "--profile", "nowhere")]
    public async Task Should_see_in_the_status_how_it_went(int exit, params string[] words)
    {
        if (words.Contains("--profile"))
        {
            terminal["SAGAS_SERVER"] = null;
        }

        var said = await terminal.Type(words);
        said.Exit.ShouldBe(exit, said.Output + said.Error);
        said.Output.ShouldBeEmpty();
        said.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeInRange(1, 2, said.Error);
    }

    [Test]
    public async Task Should_hear_that_the_api_is_away_and_who_goes_on()
    {
        var said = await terminal.Type("alarms", "--server", "http://127.0.0.1:1");
        said.Error.ShouldContain("The API at http://127.0.0.1:1/ does not answer.");
        said.Error.ShouldContain("Sagas go on without this command.");
    }

    [Test]
    public async Task Should_hear_that_something_else_answers()
    {
        var said = await terminal.Type("alarms", "--server", CliSystem.Running.Sandbox.Console.BaseAddress!.ToString());
        said.Exit.ShouldBe(1);
        said.Error.ShouldContain("See that --server names");
    }

    [Test]
    public async Task Should_hear_that_no_system_is_named()
    {
        terminal["SAGAS_SERVER"] = null;
        var said = await terminal.Type("ls");
        said.Exit.ShouldBe(2);
        said.Error.ShouldContain("No system is named.");
        await terminal.Do("profiles", "set", "here", "--server", CliSystem.Running.Api.BaseAddress!.ToString());
        await terminal.Do("summary");
        (await terminal.Do("profiles", "ls")).ShouldContain("here");
    }

    [Test]
    public async Task Should_find_no_colours_in_a_file()
    {
        await CliSystem.Running.Api.Run(Order.Of(), "Completed");
        (await terminal.Do("ls", "--limit", "1")).ShouldNotContain("\u001b");
    }
}
