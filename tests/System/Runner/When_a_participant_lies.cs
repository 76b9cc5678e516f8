using System.Text;
using System.Text.Json.Nodes;
using SagaOrchestrator.Runner.Check;
using SagaOrchestrator.Tests.Certify;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Runner;

/// <summary>The end check asks participants of others what they have of ended orders. Here notifications are somebody else's.</summary>
public sealed class When_a_participant_lies
{
    private const string Notifications = "notifications";
    private const string Asked = "participants of others, when asked: all done of completed sagas, nothing of failed ones";

    private static readonly string[] Own = [.. ServerEvidence.AllServices.Where(service => service != Notifications)];

    private readonly Liar liar = new();
    private RunningSystem system = null!;
    private Guid completed;
    private Guid failed;

    [OneTimeSetUp]
    public async Task RunOrders()
    {
        system = await RunningSystem.Start();
        await system.StopParticipant(Notifications);
        await liar.Start(system.Sandbox);
        completed = (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
        var nobody = Order.Of();
        nobody["customerId"] = "nobody";
        failed = (await system.Api.Run(nobody, "Failed")).GetProperty("id").GetGuid();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await liar.DisposeAsync();
        await system.DisposeAsync();
    }

    [Test]
    public async Task Should_hold_while_it_says_what_is_so() => (await Findings(null)).ShouldBeEmpty();

    [Test]
    public async Task Should_find_an_effect_that_it_did_not_undo() =>
        (await Findings("done")).ShouldHaveSingleItem().ShouldContain($"{failed}");

    [Test]
    public async Task Should_find_an_effect_that_it_never_had() =>
        (await Findings("not_done")).ShouldHaveSingleItem().ShouldContain($"{completed}");

    [Test]
    public async Task Should_find_an_effect_that_has_no_end() => (await Findings("in_progress")).Count.ShouldBe(2);

    // Shipping has the right to write there only while it is asked itself.
    [Test]
    public async Task Should_not_take_the_word_of_another_for_it()
    {
        liar.Mouthpiece = await system.Sandbox.Connect("shipping");
        try
        {
            var findings = await Findings("done", [.. Own.Where(service => service != "shipping")], TimeSpan.FromSeconds(3));
            findings
                .Count(finding => finding.Contains("of send_confirmation notifications says nothing", StringComparison.Ordinal))
                .ShouldBe(2);
        }
        finally
        {
            await liar.Mouthpiece.DisposeAsync();
            liar.Mouthpiece = null;
        }
    }

    private async Task<IReadOnlyList<string>> Findings(string? lie, string[]? own = null, TimeSpan? patience = null)
    {
        liar.Lie = lie;
        using var evidence = new ServerEvidence(
            system.Sandbox.Connection("postgres"),
            new Uri(Certifying.ConsoleAddress),
            own ?? Own,
            system.Sandbox.Name,
            patience
        );
        return EndCheck.Run(await evidence.Gather(CancellationToken.None)).Single(check => check.Name == Asked).Findings;
    }

    /// <summary>Does its work, and answers every enquiry with the same word.</summary>
    private sealed class Liar : TinyParticipant
    {
        public string? Lie { get; set; }

        /// <summary>Who sends what it answers; null for itself.</summary>
        public RabbitMQ.Client.IConnection? Mouthpiece { get; set; }

        protected override JsonObject OnEnquiry(Memory memory) =>
            Lie is null ? base.OnEnquiry(memory) : Reply("SagaStepOutcomeReported", ("outcome", Lie));

        protected override async Task Answer(JsonObject reply, JsonObject saga)
        {
            if (Mouthpiece is null)
            {
                await base.Answer(reply, saga);
                return;
            }

            Echo(reply, saga);
            var properties = Properties(reply);
            properties.UserId = "shipping";
            await using var channel = await Mouthpiece.CreateChannelAsync();
            await channel.BasicPublishAsync(
                ReplyTo(saga),
                string.Empty,
                mandatory: false,
                properties,
                Encoding.UTF8.GetBytes(reply.ToJsonString())
            );
        }
    }
}
