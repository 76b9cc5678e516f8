using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Operators;

[Property("Rule", "S33")]
public sealed class When_actions_are_logged
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Get() => system = await SharedSystem.Get();

    [Test]
    public async Task Should_tell_who_did_what_from_where_and_why()
    {
        var id = (await system.Api.Run(Order.Of(token: "tok_norefund", street: null), "Parked")).GetProperty("id").GetGuid();
        await system.Api.Operate(
            id,
            "skip",
            new
            {
                step = "process_payment",
                by = "alice",
                reason = "Paid back in cash.",
            }
        );
        var action = (await Read($"subject={id}")).ShouldHaveSingleItem();
        action.GetProperty("kind").GetString().ShouldBe("saga");
        action.GetProperty("verb").GetString().ShouldBe("skip");
        action.GetProperty("step").GetString().ShouldBe("process_payment");
        action.GetProperty("by").GetString().ShouldBe("alice");
        action.GetProperty("reason").GetString().ShouldBe("Paid back in cash.");
        action.GetProperty("origin").GetString().ShouldBe("127.0.0.1");
        action.GetProperty("outcome").GetString().ShouldBe("Done");
    }

    [Test]
    public async Task Should_tell_what_was_refused_and_why()
    {
        var id = (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
        await system.Api.Operate(id, "cancel", new { by = "mallory", reason = "Because." });
        await system.Api.Operate(
            id,
            "retry",
            new
            {
                step = "nowhere",
                by = "mallory",
                reason = "Because.",
            }
        );
        var nobody = Guid.NewGuid();
        await system.Api.Operate(nobody, "cancel", new { by = "mallory", reason = "Because." });
        (await Read($"subject={id}&outcome=Refused"))
            .Select(action => action.GetProperty("code").GetString())
            .ShouldBe(["unknown-step", "completed"]);
        (await Read($"subject={nobody}")).ShouldHaveSingleItem().GetProperty("code").GetString().ShouldBe("unknown-saga");
        (await Read($"subject={id}&outcome=Done")).ShouldBeEmpty();
    }

    [Test]
    public async Task Should_go_on_behind_the_last_of_a_page()
    {
        var who = "pager-" + Guid.NewGuid().ToString("N");
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await system.Api.Operate(Guid.NewGuid(), "cancel", new { by = who, reason = "Because." });
        }

        var positions = new List<long>();
        for (var page = await Page($"by={who}&limit=2"); ; page = await Page($"by={who}&limit=2&after={positions[^1]}"))
        {
            positions.AddRange(page.GetProperty("items").EnumerateArray().Select(action => action.GetProperty("position").GetInt64()));
            if (!page.TryGetProperty("next", out _))
            {
                break;
            }
        }

        positions.Count.ShouldBe(5);
        positions.ShouldBeInOrder(SortDirection.Descending);
    }

    [Test]
    public async Task Should_be_left_as_it_is_by_its_own_service()
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(system.Sandbox.Connection("orchestrator"));
        foreach (var sql in new[] { "update orchestrator.operator_action set who = 'nobody'", "delete from orchestrator.operator_action" })
        {
            await using var command = database.CreateCommand(sql);
            (await Should.ThrowAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
        }
    }

    [TestCase("outcome=done", "outcome")]
    [TestCase("after=x", "after")]
    [TestCase("limit=501", "limit")]
    [TestCase("from=yesterday", "from")]
    public async Task Should_name_the_parameter_that_is_wrong(string query, string name)
    {
        var answer = await system.Api.GetAsync($"/api/v1/operator-actions?{query}");
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(name, out _).ShouldBeTrue();
    }

    private async Task<IReadOnlyList<JsonElement>> Read(string query) => [.. (await Page(query)).GetProperty("items").EnumerateArray()];

    private Task<JsonElement> Page(string query) => system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/operator-actions?{query}");
}
