using System.CommandLine;
using SagaOrchestrator.Cli.Verbs;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests;

/// <summary>Each verb that only reads, typed once, for people and for scripts.</summary>
public sealed class When_everything_is_read
{
    private static readonly string[] Lines =
    [
        "ls --limit 5 --count --amounts",
        "ls --all --limit 200 --state Completed --started-from 1d --column customer=customer-1",
        "ls --version 1 --stuck --limit 5 --sort waiting",
        "summary",
        "show SAGA",
        "explain SAGA",
        "history SAGA",
        "diagram SAGA",
        "diagram SAGA --format svg",
        "bulk ls",
        "bulk show JOB",
        "bulk items JOB",
        "dead-letters ls --state waiting,redriven,discarded,gone",
        "dead-letters groups",
        "alarms",
        "alarms --state over",
        "auditor",
        "audit --limit 5",
        "timers",
        "health",
        "plans ls",
        "plans show order-fulfillment 1",
        "plans diagram order-fulfillment 1",
        "plans diff order-fulfillment 1 --from 1",
        "plans documents",
        "plans document PLAN 1",
        "plans schema",
        "participants ls",
        "types",
        "statistics --by day",
        "failures",
        "outcomes --limit 5",
        "contract",
        "contract asyncapi",
        "permissions",
        "problems",
        "problems unknown-saga",
        "webhooks ls",
        "webhooks show HOOK",
        "webhooks deliveries HOOK",
        "webhooks delivery HOOK 1",
    ];

    // Those that need a dead letter or a key, and the one that has no end, have tests of their own.
    private static readonly string[] Elsewhere = ["dead-letters show", "dead-letters body", "events", "subject-key"];

    private const string PlanDocument = """
        plan: looked-at
        version: 1
        data: { type: object, required: [id], properties: { id: { type: string } } }
        key: /data/id
        example: { id: a }
        steps: [{ name: tell, at: notifications, kind: retriable, command: "Acme:Tell" }]
        """;

    private readonly string document = System.IO.Path.GetTempFileName();
    private string saga = null!;
    private string job = null!;
    private string hook = null!;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        // What has ended, and is told of in the feed.
        await CliSystem.Running.Api.Run(Order.Of(), "Completed");
        var parked = await CliSystem.Park(1);
        saga = parked.Ids[0].ToString();
        job = await Make($"bulk create retry --key-prefix {parked.Prefix} --state Parked --reason Look. --by ann --yes --json");
        hook = await Make("webhooks create --url https://127.0.0.1:9/hook --enabled false --reason Look. --by ann --json");
        await File.WriteAllTextAsync(document, PlanDocument);
        (await Run($"plans register {document} --reason Look. --by ann --yes")).Exit.ShouldBe(0);
        (await Run($"webhooks test {hook} --reason Look. --by ann --yes")).Exit.ShouldBe(0);
    }

    [TestCaseSource(nameof(Lines))]
    public async Task Should_be_written_for_people(string line)
    {
        var (exit, output, error) = await Run(line);
        exit.ShouldBe(0, error);
        output.ShouldNotBeEmpty();
    }

    [Test]
    public async Task Should_say_that_a_key_is_not_known()
    {
        var (exit, _, error) = await Run("subject-key nobody");
        exit.ShouldBe(1);
        error.ShouldContain("unknown-subject-key");
    }

    [Test]
    public void Should_have_typed_each_of_them()
    {
        var typed = Lines.Select(line => SagasCommand.Make().Parse(line).CommandResult.Command).Select(Path);
        Reads(SagasCommand.Make()).Except(typed).ShouldBe(Elsewhere, ignoreOrder: true);
    }

    [Test]
    public async Task Should_follow_sagas_as_they_change()
    {
        using var terminal = CliSystem.Open();
        var prefix = Order.NewId();
        using var events = terminal.Start("events", "--follow", "--key-prefix", prefix);
        using var outcomes = terminal.Start("outcomes", "--follow", "--type", "order-fulfillment");
        var number = 0;
        // Until the stream is open, what happens is not told.
        await Eventually.Get(
            async () =>
            {
                await CliSystem.Running.Api.Run(Order.Of(id: $"{prefix}-{number++}", quantity: 1), "Completed");
                return events.HasWritten("Completed  order-fulfillment/" + prefix);
            },
            seen => seen,
            "the events have a saga"
        );
        await outcomes.Writes("Completed  order-fulfillment/" + prefix);
    }

    private async Task<(int Exit, string Output, string Error)> Run(string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var words = line.Split(' ')
            .Select(word =>
                word == "SAGA" ? saga
                : word == "JOB" ? job
                : word == "HOOK" ? hook
                : word == "PLAN" ? "looked-at"
                : word
            );
        var exit = await SagasCommand.Run([.. words, "--server", CliSystem.Running.Api.BaseAddress!.ToString()], output, error);
        return (exit, output.ToString(), error.ToString());
    }

    private async Task<string> Make(string line)
    {
        var (exit, output, error) = await Run(line);
        exit.ShouldBe(0, error);
        return System.Text.Json.JsonElement.Parse(output).GetProperty("id").GetString()!;
    }

    private static IEnumerable<string> Reads(Command command) =>
        command
            .Subcommands.SelectMany(Reads)
            .Concat(command is Verb verb && verb.Operations.All(operation => operation.Method == HttpMethod.Get) ? [Path(command)] : []);

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand
            ? $"{Path(parent)} {command.Name}"
            : command.Name;
}
