using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Operators;

/// <summary>An operator pauses a saga that waits for a signal, or gives it more time.</summary>
public sealed class When_a_saga_is_held
{
    private const string Alice = "alice";
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Get() => system = await SharedSystem.Get();

    [Test]
    [Property("Rule", "S42")]
    public async Task Should_take_the_signal_and_go_on_when_it_is_resumed()
    {
        var id = await Waiting();
        (await Act(id, "pause", "The buyer is looked into.")).Status.ShouldBe(200);
        using var signalled = await system.Api.PostAsJsonAsync(
            $"/api/v1/sagas/{id}/signals",
            new
            {
                signalId = Guid.NewGuid(),
                name = "approval",
                data = new { approvedBy = "frank" },
            }
        );
        signalled.EnsureSuccessStatusCode();
        var held = await system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{id}");
        held.GetProperty("pause").GetProperty("by").GetString().ShouldBe(Alice);
        held.TryGetProperty("timers", out var timers).ShouldBeTrue();
        timers.GetArrayLength().ShouldBe(0);
        (await WakeAt(id)).ShouldBe("none");
        held.Step("await_approval").GetProperty("state").GetString().ShouldBe("Completed");
        (await system.Api.HistoryTypes(id))[^1].ShouldBe("signal_received");

        (await Act(id, "resume", "All is well.")).Status.ShouldBe(200);
        var ended = await system.Api.WaitFor(id, "Completed");
        ended.TryGetProperty("pause", out _).ShouldBeFalse();
        (await system.Api.History(id))
            .Select(entry => entry.GetProperty("type").GetString()!)
            .Where(type => type.StartsWith("operator_", StringComparison.Ordinal))
            .ShouldBe(["operator_paused", "operator_resumed"]);
    }

    [Test]
    [Property("Rule", "S42")]
    public async Task Should_be_found_in_the_list_and_explained()
    {
        var id = await Waiting();
        await Act(id, "pause", "The buyer is looked into.");
        await Eventually.True(
            async () =>
                (await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/sagas?waitsFor=Resume&limit=100"))
                    .GetProperty("items")
                    .EnumerateArray()
                    .Any(saga => saga.GetProperty("id").GetGuid() == id),
            "the paused saga is in the list"
        );
        var explained = await system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{id}/explain");
        explained.GetProperty("sentences")[0].GetString()!.ShouldStartWith("Paused ");
        explained.GetProperty("sentences")[0].GetString()!.ShouldContain("by alice (The buyer is looked into)");
        await Act(id, "cancel", "It was a fraud.");
        (await system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{id}")).TryGetProperty("endedAt", out _).ShouldBeFalse();
        await Act(id, "resume", "Undo it.");
        await system.Api.WaitFor(id, "Failed");
    }

    [Test]
    [Property("Rule", "S42")]
    public async Task Should_be_found_in_the_list_when_none_of_its_steps_waits()
    {
        var id = await Waiting();
        await Act(id, "pause", "The buyer is looked into.");
        await PlantWait(id, "None");
        var waits = await Eventually.Get(
            async () =>
                (await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/sagas?waitsFor=Resume&limit=100"))
                    .GetProperty("items")
                    .EnumerateArray()
                    .Where(saga => saga.GetProperty("id").GetGuid() == id && !saga.GetProperty("waits").TryGetProperty("step", out _))
                    .Select(saga => (JsonElement?)saga.GetProperty("waits"))
                    .FirstOrDefault(),
            found => found is not null,
            "the paused saga is in the list"
        );
        waits!.Value.GetProperty("for").GetString().ShouldBe("Resume");
        await PlantWait(id, "Signal");
        await Act(id, "resume", "All is well.");
        await Act(id, "cancel", "It was a fraud.");
        await system.Api.WaitFor(id, "Failed");
    }

    [Test]
    [Property("Rule", "S42")]
    public async Task Should_refuse_what_would_send_and_write_the_refusal_down()
    {
        var id = await Waiting();
        await Act(id, "pause", "Wait.");
        var (status, code) = await Act(id, "retry", "Now.", step: "await_approval");
        (status, code).ShouldBe((409, "paused"));
        (
            await system.Sandbox.Query<string>($"select code from orchestrator.operator_action where subject = '{id}' and verb = 'retry'")
        ).ShouldBe("paused");
        await Act(id, "resume", "Go on.");
        (await Act(id, "resume", "Go on.")).ShouldBe((409, "not-paused"));
    }

    [Test]
    [Property("Rule", "S43")]
    public async Task Should_wait_until_the_time_that_an_operator_gives()
    {
        var id = await Waiting();
        var until = DateTimeOffset.UtcNow.AddYears(1);
        (await Act(id, "extend", "The buyer is on holiday.", step: "await_approval", until)).Status.ShouldBe(200);
        var step = (await system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{id}")).Step("await_approval");
        step.GetProperty("dueAt").GetDateTimeOffset().ShouldBe(until, TimeSpan.FromMilliseconds(1));
        (await Act(id, "extend", "Again.", step: "await_approval", until)).ShouldBe((409, "not-later"));
    }

    // As it is before it begins.
    private Task PlantWait(Guid id, string wait) =>
        system.Sandbox.Execute(
            $"""
            update orchestrator.saga s set version = s.version + 1,
                progress = jsonb_set(s.progress::jsonb, array['steps', (found.place - 1)::text, 'wait'], '"{wait}"')::json
            from orchestrator.saga r
                cross join lateral jsonb_array_elements(r.progress::jsonb -> 'steps') with ordinality as found (step, place)
            where s.id = '{id}' and r.id = s.id and found.step ->> 'name' = 'await_approval';
            insert into orchestrator.saga_changed (ids) values (array['{id}'::uuid])
            """
        );

    private async Task<Guid> Waiting()
    {
        var id = await system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        return id;
    }

    private async Task<(int Status, string? Code)> Act(
        Guid id,
        string verb,
        string reason,
        string? step = null,
        DateTimeOffset? until = null
    )
    {
        var body = new Dictionary<string, object> { ["by"] = Alice, ["reason"] = reason };
        if (step is not null)
        {
            body["step"] = step;
        }

        if (until is { } time)
        {
            body["until"] = time;
        }

        var (status, answer) = await system.Api.Operate(id, verb, body);
        return (status, answer.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    private async Task<string> WakeAt(Guid id) =>
        await system.Sandbox.Query<string>($"select coalesce(wake_at::text, 'none') from orchestrator.saga where id = '{id}'");
}
