using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Intake;

/// <summary>Signals that come early are kept in the saga's row, which every message of the saga writes anew; so they are bounded.</summary>
public sealed class When_signals_pile_up
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        system = await RunningSystem.Start(settings =>
        {
            settings["Limits:KeptSignals"] = "2";
            settings["Limits:SagaBytes"] = "4096";
            settings["BusinessOrders:StepTimeout"] = "5m";
        });
        await system.StopParticipant("shipping");
    }

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    [Property("Rule", "S40")]
    public async Task Should_refuse_one_too_many_over_REST_and_by_message_and_name_the_limit()
    {
        var id = await Waiting();
        (await Signal(id, new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Signal(id, new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await Signal(id, new { });
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!.ShouldContain("Limits:KeptSignals");

        var signalId = Guid.NewGuid();
        await system.Sandbox.Publish(
            "orchestrator",
            Envelope.Of(
                "SagaOrchestrator.Messages:SagaSignal",
                new JsonObject
                {
                    ["sagaId"] = id.ToString(),
                    ["signalId"] = signalId.ToString(),
                    ["name"] = "approval",
                }
            )
        );
        var letter = await Eventually.Get(
            async () =>
                (await system.Sandbox.Peek("orchestrator.dead-letter")).FirstOrDefault(one => one.Payload.Contains(signalId.ToString())),
            one => one is not null,
            "the signal is a dead letter"
        );
        letter!.Headers["dead-letter-reason"].ShouldBe("limit-exceeded");
        letter.Headers["dead-letter-message"].ShouldContain("Limits:KeptSignals");
    }

    [Test]
    [Property("Rule", "S40")]
    public async Task Should_refuse_data_that_the_saga_cannot_keep()
    {
        var id = await Waiting();
        var refused = await Signal(id, new { note = new string('x', 3500), more = new string('y', 1000) });
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!.ShouldContain("Limits:SagaBytes");
    }

    // A saga whose approval is still to come, because shipping does not answer.
    private Task<Guid> Waiting() => system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");

    private Task<HttpResponseMessage> Signal(Guid id, object data) =>
        system.Api.PostAsJsonAsync(
            $"/api/v1/sagas/{id}/signals",
            new
            {
                signalId = Guid.NewGuid(),
                name = "approval",
                data,
            }
        );
}
