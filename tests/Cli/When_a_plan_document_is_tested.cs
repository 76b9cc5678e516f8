using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests;

/// <summary>A document is tested and registered from the terminal; scripts see by the exit status whether anything is wrong.</summary>
public sealed class When_a_plan_document_is_tested
{
    private static readonly string Trip = System.IO.Path.Combine(TestServers.Root, "samples/trips/trip-booking.yaml");

    [Test]
    public async Task Should_name_each_scenario_that_has_passed()
    {
        var (exit, output) = await Run("plan", "test", Trip);
        exit.ShouldBe(0);
        output.ShouldContain("passed  Everything is booked, paid and sent");
        output.ShouldContain("trip-booking version 1: nothing is wrong.");
    }

    [Test]
    public async Task Should_say_what_a_scenario_found_otherwise()
    {
        var (exit, output) = await Run("plans", "test", await Changed("undone: [book_car, book_hotel]", "undone: [book_hotel, book_car]"));
        exit.ShouldBe(4);
        output.ShouldContain("FAILED  A flight that is sold out");
        output.ShouldContain("should be [book_hotel, book_car], and are [book_car, book_hotel]");
    }

    [Test]
    public async Task Should_register_what_is_right_and_nothing_else()
    {
        var wrong = await Changed("plan: trip-booking", "plan: typed\nverzion: 1");
        var (refused, findings) = await Run("plans", "register", wrong, "--reason", "Try.", "--by", "ann", "--yes");
        refused.ShouldBe(1);
        findings.ShouldContain("There is no field 'verzion' here.");
        var right = await Changed("plan: trip-booking", "plan: typed");
        (await Run("plans", "register", right, "--reason", "Try.", "--by", "ann", "--yes")).Output.ShouldContain(
            "typed version 1 is registered."
        );
        (await Run("plans", "documents")).Output.ShouldContain("typed");
    }

    private static async Task<string> Changed(string old, string changed)
    {
        var text = await File.ReadAllTextAsync(Trip);
        text.ShouldContain(old);
        var file = System.IO.Path.GetTempFileName();
        await File.WriteAllTextAsync(file, text.Replace(old, changed, StringComparison.Ordinal));
        return file;
    }

    private static async Task<(int Exit, string Output)> Run(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await SagasCommand.Run([.. words, "--server", CliSystem.Running.Api.BaseAddress!.ToString()], output, error);
        return (exit, output.ToString() + error);
    }
}
