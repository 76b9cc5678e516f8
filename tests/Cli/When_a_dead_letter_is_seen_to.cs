using System.Text.Json;
using SagaOrchestrator.Cli.Tests.Typing;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests;

public sealed class When_a_dead_letter_is_seen_to
{
    private Terminal terminal = null!;

    [SetUp]
    public void Open() => terminal = CliSystem.Open();

    [TearDown]
    public void Close() => terminal.Dispose();

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_found_read_redriven_and_discarded()
    {
        const string Body = """{"message": "[red]no envelope[/]"}""";
        await CliSystem.Running.Sandbox.Publish("inventory", Body);
        var first = await Waiting();
        (await terminal.Do("dead-letters", "groups")).ShouldContain("inventory");
        (await terminal.Do("dead-letters", "show", first)).ShouldContain("dead-letter-reason");
        (await terminal.Do("dead-letters", "body", first)).TrimEnd('\n').ShouldBe(Body);

        (await terminal.Do("dead-letters", "redrive", first, "--reason", "Once more.", "--by", "ann")).ShouldContain("redriven");
        var second = await Waiting();
        second.ShouldNotBe(first, "it was as wrong as before");
        var discarded = await terminal.Do("dead-letters", "discard", second, "--reason", "Its sender sends it anew.", "--by", "ann");
        discarded.ShouldContain("Done. ");
        discarded.ShouldContain("discarded");

        var again = await terminal.Type("dead-letters", "discard", second, "--reason", "Twice.", "--by", "ann");
        again.Exit.ShouldBe(1);
        again.Error.ShouldContain("(409 dead-letter-ended)");
        (await terminal.Do("audit", "--kind", "dead-letter", "--subject", second)).ShouldContain("Its sender sends it anew.");
    }

    private static async Task<string> Waiting()
    {
        var letters = await Eventually.Get(
            async () =>
                JsonElement
                    .Parse(await CliSystem.Running.Api.GetStringAsync("/api/v1/dead-letters?queue=inventory"))
                    .GetProperty("items")
                    .EnumerateArray()
                    .ToArray(),
            found => found.Length == 1,
            "one dead letter of inventory waits"
        );
        return letters[0].GetProperty("id").GetString()!;
    }
}
