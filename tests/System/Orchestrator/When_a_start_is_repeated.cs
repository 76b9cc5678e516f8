using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

[Property("Rule", "S29")]
public sealed class When_a_start_is_repeated
{
    [Test]
    public async Task Should_answer_the_same_saga_to_the_same_order()
    {
        var api = (await SharedSystem.Get()).Api;
        var order = Order.Of();
        var first = await api.Post(order);
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        first.Headers.Location!.ToString().ShouldStartWith("/api/v1/sagas/");

        // The same data, spelled differently.
        order["total"] = 20;
        var again = await api.Post(order);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.Headers.Location.ShouldBe(first.Headers.Location);
    }

    [Test]
    public async Task Should_refuse_another_order_under_the_same_key_and_name_the_saga()
    {
        var api = (await SharedSystem.Get()).Api;
        var id = Order.NewId();
        var existing = await api.StartSaga(Order.Of(id));
        var answer = await api.Post(Order.Of(id, quantity: 3));
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("type").GetString().ShouldBe("/problems/business-key-conflict");
        problem.GetProperty("sagaId").GetGuid().ShouldBe(existing);
    }

    [Test]
    public async Task Should_start_one_saga_when_many_ask_at_once()
    {
        var system = await SharedSystem.Get();
        var order = Order.Of();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => system.Api.Post(order)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(19);
        (await system.Sandbox.Query<long>($"select count(*) from orchestrator.saga where business_key = '{order["orderId"]}'")).ShouldBe(1);
    }

    [Test]
    public async Task Should_refuse_an_idempotency_key_that_is_not_the_business_key()
    {
        var api = (await SharedSystem.Get()).Api;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sagas/order-fulfillment")
        {
            Content = JsonContent.Create(Order.Of()),
        };
        request.Headers.Add("Idempotency-Key", "another");
        var answer = await api.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("errors")
            .TryGetProperty("Idempotency-Key", out _)
            .ShouldBeTrue();
    }
}
