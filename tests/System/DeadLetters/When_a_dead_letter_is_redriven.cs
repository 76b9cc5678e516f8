using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>An operator sends it to its queue again, after what stopped it was mended.</summary>
public sealed class When_a_dead_letter_is_redriven
{
    private RunningSystem system = null!;

    [SetUp]
    public async Task Start() => system = await RunningSystem.Start();

    [TearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_be_handled_once_and_its_saga_go_on()
    {
        var sandbox = system.Sandbox;
        var saga = await system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await system.Api.WaitForStep(saga, "await_approval", "Signal");
        var progress = await sandbox.Query<string>($"select progress::text from orchestrator.saga where id = '{saga}'");
        await sandbox.Execute($$"""update orchestrator.saga set progress = '{"steps": 7}', version = version + 1 where id = '{{saga}}'""");
        await sandbox.Publish(
            "orchestrator",
            Envelope.Of(
                "SagaOrchestrator.Messages:SagaSignal",
                new JsonObject
                {
                    ["sagaId"] = saga.ToString(),
                    ["name"] = "approval",
                    ["signalId"] = Guid.NewGuid().ToString(),
                    ["data"] = new JsonObject { ["by"] = "Ann" },
                }
            )
        );
        var letter = (await system.Api.WaitForLetters(1))[0];
        letter.Text("sagaType").ShouldBe("business-order");
        await sandbox.Execute(
            $"update orchestrator.saga set progress = '{progress.Replace("'", "''", StringComparison.Ordinal)}', version = version + 1 "
                + $"where id = '{saga}'"
        );
        await TheSagaTells(saga, letter);

        var (status, body) = await system.Api.ActOn(letter.Id(), "redrive");

        status.ShouldBe(200, body.ToString());
        body.GetProperty("letter").Text("state").ShouldBe("redriven");
        (await system.Api.WaitFor(saga, "Completed")).TryGetProperty("deadLetters", out _).ShouldBeFalse();
        var again = await system.Api.ActOn(letter.Id(), "redrive");
        again.Status.ShouldBe(409);
        again.Body.Text("type").ShouldBe("/problems/dead-letter-ended");
        (await system.Api.Outcomes(letter.Id())).ShouldBe(["asked", "done", "refused"]);
        (await sandbox.Peek("orchestrator.dead-letter")).ShouldBeEmpty();
        (await system.Api.Letters()).ShouldBeEmpty();
    }

    [Test]
    public async Task Should_be_another_dead_letter_when_it_is_still_wrong()
    {
        var id = (await system.Spoil("inventory", "{ 1"))[0];
        (await system.Api.ActOn(id, "redrive")).Status.ShouldBe(200);
        var next = (await system.Api.WaitForLetters(1))[0];
        next.Id().ShouldNotBe(id);
        (await system.Sandbox.WaitFor("inventory.dead-letter")).Single().Headers["dead-letter-id"].ShouldBe(next.Id().ToString());
    }

    [Test]
    public async Task Should_leave_the_others_in_their_order()
    {
        var ids = await system.Spoil("inventory", "{ 1", "{ 2", "{ 3", "{ 4", "{ 5");
        (await system.Api.ActOn(ids[2], "redrive")).Status.ShouldBe(200);
        var letters = await system.Sandbox.WaitFor("inventory.dead-letter", 5);
        letters.Select(letter => letter.Payload).ShouldBe(["{ 1", "{ 2", "{ 4", "{ 5", "{ 3"]);
    }

    [Test]
    public async Task Should_not_be_done_without_saying_who_and_why()
    {
        var id = (await system.Spoil("inventory", "{ 1"))[0];
        var answer = await system.Api.PostAsync(
            $"{DeadLetterClient.Path}/{id}/redrive",
            System.Net.Http.Json.JsonContent.Create(new { by = "", colour = 1 })
        );
        ((int)answer.StatusCode).ShouldBe(400);
        (await system.Api.Outcomes(id)).ShouldBeEmpty();
        (await system.Sandbox.Peek("inventory.dead-letter")).Count.ShouldBe(1);
    }

    private async Task TheSagaTells(Guid saga, JsonElement letter)
    {
        var status = await system.Api.GetSaga(saga);
        status.GetProperty("deadLetters").EnumerateArray().Single().Id().ShouldBe(letter.Id());
        status
            .GetProperty("deadLetters")
            .EnumerateArray()
            .Single()
            .GetProperty("links")
            .Text("self")
            .ShouldBe(letter.GetProperty("links").Text("self"));
        async Task<IReadOnlyList<Guid>> Listed(string query)
        {
            var list = JsonDocument.Parse(await system.Api.GetStringAsync($"/api/v1/sagas?{query}")).RootElement;
            return [.. list.GetProperty("items").EnumerateArray().Select(item => item.Id())];
        }

        await Eventually.True(
            async () => (await Listed("deadLetters=true")).SequenceEqual([saga]),
            "the saga is listed as one with dead letters"
        );
        (await Listed("deadLetters=false")).ShouldBeEmpty();
        var key = status.Text("businessKey");
        (await Listed($"deadLetters=true&key={key}")).ShouldBe([saga]);
        (await system.Api.Letters($"key={key}")).Single().Id().ShouldBe(letter.Id());
        (await system.Api.Letters("sagaType=business-order")).Single().Id().ShouldBe(letter.Id());
    }
}
