using System.Diagnostics;
using System.Net;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Certify;

/// <summary>One sentence with the next move, and the exit status 2.</summary>
public sealed class When_nothing_can_be_certified
{
    private Sandbox sandbox = null!;

    [OneTimeSetUp]
    public async Task Start() => sandbox = await Sandbox.Create();

    [OneTimeTearDown]
    public async Task Stop() => await sandbox.DisposeAsync();

    [Test]
    public async Task Should_say_that_no_broker_answers() =>
        await ShouldSay(
            [.. Arguments(), "--broker", $"amqp://orchestrator:orchestrator-dev@127.0.0.1:{FreePort.Find()}/x"],
            "No RabbitMQ answers at 127.0.0.1:",
            "--broker"
        );

    [Test]
    public async Task Should_say_that_the_password_is_wrong() =>
        await ShouldSay(
            [.. Arguments(), "--broker", Certifying.Broker(sandbox.Name, password: "no")],
            "refuses the user 'orchestrator' or its password"
        );

    [Test]
    public async Task Should_say_that_there_is_no_such_virtual_host() =>
        await ShouldSay([.. Arguments(), "--broker", Certifying.Broker("nowhere")], "refuses the virtual host 'nowhere'");

    [Test]
    public async Task Should_say_which_queues_the_contract_has() =>
        await ShouldSay(
            Arguments("hotels"),
            "The contract has no participant 'hotels'. It has: inventory, payments, shipping, notifications."
        );

    [Test]
    public async Task Should_say_that_the_broker_has_no_such_queue()
    {
        await sandbox.Console.DeleteAsync($"/api/queues/{sandbox.Name}/shipping");
        await ShouldSay(
            [.. Arguments("shipping"), "--broker", Certifying.Broker(sandbox.Name)],
            "RabbitMQ has no queue 'shipping'. Import the definitions that 'topology' writes."
        );
        await sandbox.ImportTopology();
    }

    [Test]
    public async Task Should_say_that_nobody_consumes_the_queue() =>
        await ShouldSay(
            [.. Arguments(), "--broker", Certifying.Broker(sandbox.Name), "--patience", "0.5"],
            "Nobody consumes the queue 'notifications'. Start the participant, then this again."
        );

    [Test]
    public async Task Should_leave_a_running_orchestrator_its_replies()
    {
        await using var participant = new TinyParticipant();
        await participant.Start(sandbox);
        await using var connection = await sandbox.Connect("orchestrator");
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicConsumeAsync(
            "orchestrator",
            autoAck: false,
            string.Empty,
            noLocal: false,
            exclusive: false,
            arguments: null,
            new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(channel)
        );
        await ShouldSay(
            [.. Arguments(), "--broker", Certifying.Broker(sandbox.Name)],
            "The queue 'orchestrator' has 1 consumers: an orchestrator is running, and would take the replies."
        );
    }

    [Test]
    public async Task Should_say_whose_user_it_needs()
    {
        await using var participant = new TinyParticipant();
        await participant.Start(sandbox);
        await ShouldSay([.. Arguments(), "--broker", Certifying.Broker(sandbox.Name, "client")], "Connect as the orchestrator's user.");
    }

    [Test]
    public async Task Should_say_what_a_contract_is()
    {
        var other = Path.Combine(TestServers.Root, "tests/Contracts/Approved/jsonschema.approved.json");
        await ShouldSay(["--queue", "notifications", "--contract", other], "is no contract as AsyncAPI 3.0");
        await ShouldSay(["--queue", "notifications", "--contract", "/nowhere.json"], "The contract cannot be read.");
    }

    [Test]
    public async Task Should_say_what_cases_look_like()
    {
        await using var participant = new TinyParticipant();
        await participant.Start(sandbox);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"send_confirmation": {"refused": {}}}""");
        await ShouldSay(
            [.. Arguments(), "--broker", Certifying.Broker(sandbox.Name), "--cases", file],
            "send_confirmation has the case 'refused'. Use completed, rejected, deferred."
        );
        await File.WriteAllTextAsync(file, "[]");
        await ShouldSay([.. Arguments(), "--broker", Certifying.Broker(sandbox.Name), "--cases", file], "holds no cases. They look like");
    }

    [Test]
    public async Task Should_say_that_a_console_is_none()
    {
        await using var participant = new TinyParticipant();
        await participant.Start(sandbox);
        string[] arguments = [.. Arguments(), "--broker", Certifying.Broker(sandbox.Name), "--console"];
        var port = FreePort.Find();
        await ShouldSay([.. arguments, $"http://127.0.0.1:{port}"], $"No management API of RabbitMQ answers at 127.0.0.1:{port}.");
        await ShouldSay([.. arguments, "127.0.0.1"], "--console is no address.");
        var management = new Uri(Certifying.ConsoleAddress);
        await ShouldSay(
            [.. arguments, $"http://nobody:no@{management.Authority}"],
            "refuses the user or its password. Give them with --console."
        );
        var address = $"http://127.0.0.1:{FreePort.Find()}/";
        using var pages = new HttpListener { Prefixes = { address } };
        pages.Start();
        var page = AnswerWithPage(pages);
        await ShouldSay([.. arguments, address], "is no management API of RabbitMQ that has the queue 'notifications'.");
        await page;
    }

    [Test]
    public async Task Should_say_that_the_broker_delivers_no_more()
    {
        await using var participant = new NeverAnswers();
        await participant.Start(sandbox);
        var judging = Certifying.Run([.. Arguments(), "--broker", Certifying.Broker(sandbox.Name), "--patience", "300"]);
        await sandbox.WaitForConsumer("orchestrator");
        await sandbox.Console.DeleteAsync($"/api/queues/{sandbox.Name}/orchestrator");
        var certified = await judging;
        await sandbox.ImportTopology();
        certified.Errors.ShouldContain("RabbitMQ delivers no more from the queue 'orchestrator'");
        certified.Status.ShouldBe(2);
    }

    [Test]
    public async Task Should_say_that_somebody_else_takes_the_answers()
    {
        await using var participant = new NeverAnswers();
        await participant.Start(sandbox);
        var judging = Certifying.Run([.. Arguments(), "--broker", Certifying.Broker(sandbox.Name), "--patience", "5"]);
        await sandbox.WaitForConsumer("orchestrator");
        await using var connection = await sandbox.Connect("orchestrator");
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicConsumeAsync(
            "orchestrator",
            autoAck: false,
            string.Empty,
            noLocal: false,
            exclusive: false,
            arguments: null,
            new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(channel)
        );
        var certified = await judging;
        certified.Errors.ShouldContain("Somebody else consumes the queue 'orchestrator' by now");
        certified.Status.ShouldBe(2);
    }

    [Test]
    public async Task Should_say_which_steps_there_are() =>
        await ShouldSay(
            [.. Arguments(), "--step", "nothing"],
            "'notifications' has no step 'nothing'. It has: order-fulfillment.v1.send_confirmation, business-order.v1.send_confirmation."
        );

    [Test]
    public async Task Should_say_which_option_is_missing() => await ShouldSay(["--queue", "notifications"], "'--contract' is required");

    [Test]
    public async Task Should_be_said_by_the_script_as_by_the_program()
    {
        var start = new ProcessStartInfo(Path.Combine(TestServers.Root, "infra/certify"), Arguments("hotels"))
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var script = Process.Start(start)!;
        (await script.StandardError.ReadToEndAsync()).ShouldContain("The contract has no participant 'hotels'.");
        await script.WaitForExitAsync();
        script.ExitCode.ShouldBe(2);
    }

    [Test]
    public async Task Should_take_the_broker_from_the_environment()
    {
        var port = FreePort.Find();
        var start = new ProcessStartInfo(Path.Combine(TestServers.Root, "infra/certify"), Arguments())
        {
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["SAGAS_CERTIFY_BROKER"] = $"amqp://orchestrator:secret@127.0.0.1:{port}/x" },
        };
        using var script = Process.Start(start)!;
        (await script.StandardError.ReadToEndAsync()).ShouldContain($"No RabbitMQ answers at 127.0.0.1:{port}.");
        await script.WaitForExitAsync();
        script.ExitCode.ShouldBe(2);
    }

    private static async Task AnswerWithPage(HttpListener pages)
    {
        using var answer = (await pages.GetContextAsync()).Response;
        answer.ContentType = "text/html";
        await answer.OutputStream.WriteAsync("<html>It works.</html>"u8.ToArray());
    }

    private static string[] Arguments(string queue = "notifications") => ["--queue", queue, "--contract", Certifying.Contract];

    private static async Task ShouldSay(string[] arguments, params string[] words)
    {
        var certified = await Certifying.Run(arguments);
        foreach (var word in words)
        {
            certified.Errors.ShouldContain(word);
        }

        certified.Errors.Trim().ShouldNotContain('\n');
        certified.Status.ShouldBe(2);
    }
}
