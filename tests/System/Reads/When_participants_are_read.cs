using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Tests.Http;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Reads;

/// <summary>What participants answer, over REST.</summary>
public sealed class When_participants_are_read
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        system = await RunningSystem.Start(settings =>
        {
            settings["OrderFulfillment:StepTimeout"] = "00:00:10";
            settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
            settings["OrderFulfillment:Attempts"] = "1";
        });

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_tell_how_fast_they_answer_and_which_share_is_rejected_or_unknown()
    {
        foreach (var order in new[] { Order.Of(), Order.Of(), Order.Of(token: "tok_declined"), Order.Of(token: "tok_timeout") })
        {
            await system.Api.Run(order, "Completed", "Failed");
        }

        // The last one was undone, which payments answered too.
        var answers = await Eventually.Get(
            () => Answers("payments"),
            answers => answers.GetProperty("completed").GetInt32() == 3,
            "all of its answers are counted"
        );
        (answers.GetProperty("rejected").GetInt32(), answers.GetProperty("unknown").GetInt32()).ShouldBe((1, 1));
        (answers.GetProperty("rejectedShare").GetDouble(), answers.GetProperty("unknownShare").GetDouble()).ShouldBe((0.2, 0.2));
        answers.GetProperty("p50").GetDouble().ShouldBeLessThanOrEqualTo(answers.GetProperty("p95").GetDouble());
        (await Answers("notifications")).GetProperty("completed").GetInt32().ShouldBe(2);

        var yesterday = await Answers(
            "payments",
            $"?from={DateTimeOffset.UtcNow.AddDays(-2):yyyy-MM-dd}&before={DateTimeOffset.UtcNow.AddDays(-1):yyyy-MM-dd}"
        );
        yesterday.GetProperty("completed").GetInt32().ShouldBe(0);
        yesterday.TryGetProperty("p50", out _).ShouldBeFalse("nobody knows");
    }

    [Test]
    public async Task Should_tell_breakers_without_a_database()
    {
        await using var cut = await RunningSystem.Start();
        await cut.Sandbox.Block();
        try
        {
            var answer = await cut.Api.GetFromJsonAsync<JsonElement>("/api/v1/participants");
            var participants = answer.GetProperty("items").EnumerateArray().ToList();
            participants.Count.ShouldBe(4);
            participants.ShouldAllBe(participant => participant.GetProperty("state").GetString()!.Length > 0);
            participants.Where(participant => participant.TryGetProperty("answers", out _)).ShouldBeEmpty();
        }
        finally
        {
            await cut.Sandbox.Unblock();
        }
    }

    [TestCase("from=soon", "from")]
    [TestCase("from=2026-01-01&before=2026-02-01", "from")]
    [TestCase("from=2026-01-02&before=2026-01-01", "from")]
    [TestCase("since=2026-01-01", "since")]
    public async Task Should_name_the_parameter_that_is_wrong(string query, string field)
    {
        var answer = await system.Api.GetAsync($"/api/v1/participants?{query}");
        (await answer.ShouldBeProblem(ProblemTypes.InvalidRequest)).ErrorPaths().ShouldContain(field);
    }

    private async Task<JsonElement> Answers(string participant, string query = "") =>
        (await Participants(query))
            .GetProperty("items")
            .EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == participant)
            .GetProperty("answers");

    private Task<JsonElement> Participants(string query) => system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/participants{query}");
}
