using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.DeadLetters;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Bulk;

/// <summary>Messages that nothing can read, all for one cause.</summary>
[Property("Rule", "S41")]
public sealed class When_many_dead_letters_are_acted_on
{
    private const int Letters = 30;
    private RunningSystem system = null!;

    [SetUp]
    public async Task Start()
    {
        system = await RunningSystem.Start();
        await Task.WhenAll(Enumerable.Range(0, Letters).Select(number => system.Sandbox.Publish("inventory", $"{{ {number}")));
        await system.Api.WaitForLetters(Letters, "queue=inventory&limit=500");
    }

    [TearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_take_each_off_its_queue_once_and_say_of_each_what_became_of_it()
    {
        var preview = await system.Api.Look(Job("discard", dryRun: true));
        (preview.GetProperty("total").GetInt32(), preview.GetProperty("possible").GetInt32()).ShouldBe((Letters, Letters));
        (await system.Sandbox.Peek("inventory.dead-letter")).Count.ShouldBe(Letters, "looking changes nothing");

        var job = await system.Api.BeginJob(Job("discard"));
        var finished = await system.Api.WaitForJob(job, "Finished");
        finished.GetProperty("progress").GetProperty("done").GetInt32().ShouldBe(Letters);
        (await system.Sandbox.Peek("inventory.dead-letter")).ShouldBeEmpty();
        (await system.Api.Letters("queue=inventory&limit=500")).ShouldBeEmpty();
        var item = (await system.Api.JobItems(job, "?limit=1"))[0];
        item.GetProperty("links")
            .GetProperty("deadLetter")
            .GetString()
            .ShouldBe($"/api/v1/dead-letters/{item.GetProperty("deadLetterId").GetGuid()}");
        (
            await system.Sandbox.Query<long>(
                "select count(*) from orchestrator.operator_log where kind = 'dead-letter' and verb = 'discard' and code is null"
            )
        ).ShouldBe(Letters);
    }

    [Test]
    public async Task Should_send_each_to_its_queue_again()
    {
        var job = await system.Api.BeginJob(Job("redrive"));
        (await system.Api.WaitForJob(job, "Finished")).GetProperty("progress").GetProperty("done").GetInt32().ShouldBe(Letters);
        // Nothing can read them now either, so each is a dead letter again, with a life of its own.
        await system.Api.WaitForLetters(Letters, "queue=inventory&limit=500");
        (await system.Api.Letters("queue=inventory&state=redriven&limit=500")).Count.ShouldBe(Letters);
    }

    [Test]
    public async Task Should_raise_one_alarm_for_all_of_one_cause_and_clear_it_with_the_last()
    {
        await Eventually.True(
            async () => (await Alarms()).Any(Is($"{Letters} messages of queue 'inventory' are dead letters")),
            "the alarm stands"
        );
        await system.Api.WaitForJob(await system.Api.BeginJob(Job("discard")), "Finished");
        await Eventually.True(async () => !(await Alarms()).Any(Is(string.Empty)), "the alarm is over");
    }

    [TestCase("state", "Parked", "state")]
    [TestCase("errorCode", "x", "filter.errorCode")]
    public async Task Should_take_the_filters_of_dead_letters(string name, string value, string wrong)
    {
        var answer = await system.Api.PostJob(
            new
            {
                verb = "discard",
                filter = new Dictionary<string, string> { [name] = value },
                by = "alice",
                reason = "Noise.",
            }
        );
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(wrong, out _).ShouldBeTrue();
    }

    private async Task<IReadOnlyList<JsonElement>> Alarms() =>
        [.. (await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/alarms")).GetProperty("items").EnumerateArray()];

    private static Func<JsonElement, bool> Is(string beginning) =>
        alarm =>
            alarm.GetProperty("kind").GetString() == "dead-letters"
            && alarm.GetProperty("detail").GetString()!.StartsWith(beginning, StringComparison.Ordinal);

    private static object Job(string verb, bool dryRun = false) =>
        new
        {
            verb,
            filter = new { queue = "inventory", reason = "malformed" },
            by = "alice",
            reason = "Noise.",
            dryRun,
            perSecond = 10,
        };
}
