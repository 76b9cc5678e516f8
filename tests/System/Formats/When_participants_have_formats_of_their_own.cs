using System.Text.Json;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Formats;

/// <summary>Each participant is asked in the format that the settings give it, and answers in that format.</summary>
public sealed class When_participants_have_formats_of_their_own
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        system = await RunningSystem.Start(settings =>
        {
            settings["Participants:payments:Format"] = "json";
            settings["Participants:shipping:Format"] = "cloudevents";
            settings["Participants:notifications:Format"] = "cloudevents-binary";
        });

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_complete_and_compensate_as_ever()
    {
        var commands = await Tap("payments");
        var (events, bare, plain) = (await Tap("shipping"), await Tap("notifications"), await Tap("inventory"));
        var replies = await Tap("orchestrator");
        await system.Api.Run(Order.Of(), "Completed");
        await system.Api.Run(Order.Of(street: null), "Failed");

        (await Taken(commands)).Select(Format).Distinct().ShouldBe(["application/json"]);
        (await Taken(events)).Select(Format).Distinct().ShouldBe(["application/cloudevents+json"]);
        (await Taken(bare)).ShouldAllBe(message => message.Properties.Headers!.ContainsKey("cloudEvents:type"));
        (await Taken(plain)).Select(Format).Distinct().ShouldBe(["application/vnd.masstransit+json"]);
        var answers = (await Taken(replies)).Where(reply => reply.Properties.UserId is not "orchestrator").ToList();
        Formats(answers, "payments").ShouldBe(["application/json"]);
        Formats(answers, "shipping").ShouldBe(["application/cloudevents+json"]);
        Formats(answers, "inventory").ShouldBe(["application/vnd.masstransit+json"]);
        answers
            .Where(reply => reply.Properties.UserId == "notifications")
            .ShouldAllBe(reply => reply.Properties.Headers!.ContainsKey("cloudEvents:id"));
        (await system.Sandbox.Peek("orchestrator.dead-letter")).ShouldBeEmpty();
    }

    [Test]
    public async Task Should_say_in_the_command_how_it_is_to_be_answered()
    {
        var commands = await Tap("payments");
        await system.Api.Run(Order.Of(), "Completed");
        var command = (await Taken(commands))[0];
        JsonElement.Parse(command.Body).GetProperty("saga").GetProperty("replyFormat").GetString().ShouldBe("json");
        command.Properties.Type.ShouldBe("urn:message:SagaOrchestrator.Messages.Orders.Payments:ProcessPayment");
        (command.Properties.ReplyTo, command.Properties.UserId).ShouldBe(("to.orchestrator", "orchestrator"));
        command.Properties.CorrelationId.ShouldBe(JsonElement.Parse(command.Body).GetProperty("saga").GetProperty("sagaId").GetString());
        Guid.TryParse(command.Properties.MessageId, out _).ShouldBeTrue();
    }

    [TestCase(
        "payments",
        "xml",
        "is none of envelope, json, cloudevents, cloudevents-binary. Set, for example, Participants__payments__Format=json."
    )]
    public async Task Should_be_refused_when_it_is_none(string participant, string format, string words)
    {
        var start = RunningSystem.Start(settings => settings[$"Participants:{participant}:Format"] = format, system.Sandbox);
        (await Should.ThrowAsync<InvalidOperationException>(start)).Message.ShouldContain(words);
    }

    private async Task<string> Tap(string into)
    {
        var queue = "tap-" + Guid.NewGuid().ToString("N");
        await system.Sandbox.Subscribe(Queues.ExchangeOf(into), queue);
        return queue;
    }

    private async Task<IReadOnlyList<(IReadOnlyBasicProperties Properties, byte[] Body)>> Taken(string queue)
    {
        await using var connection = await system.Sandbox.Connect("admin");
        await using var channel = await connection.CreateChannelAsync();
        var taken = new List<(IReadOnlyBasicProperties, byte[])>();
        while (await channel.BasicGetAsync(queue, autoAck: true) is { } message)
        {
            if (message.BasicProperties.ContentType?.EndsWith("canary", StringComparison.Ordinal) is not true)
            {
                taken.Add((message.BasicProperties, message.Body.ToArray()));
            }
        }

        taken.ShouldNotBeEmpty();
        return taken;
    }

    private static string? Format((IReadOnlyBasicProperties Properties, byte[] Body) message) => message.Properties.ContentType;

    private static string?[] Formats(IEnumerable<(IReadOnlyBasicProperties Properties, byte[] Body)> messages, string user) =>
        [.. messages.Where(message => message.Properties.UserId == user).Select(Format).Distinct()];
}
