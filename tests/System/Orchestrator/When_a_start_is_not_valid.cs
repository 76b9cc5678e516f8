using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_a_start_is_not_valid
{
    [TestCase("items", "[]", "items")]
    [TestCase("items", "null", "items")]
    [TestCase("items", "[null]", "items[0]")]
    [TestCase("items", """[{"productId": "p1", "quantity": -1, "unitPrice": "1.00"}]""", "items[0].quantity")]
    [TestCase("items", """[{"productId": "", "quantity": 1, "unitPrice": "20.00"}]""", "items[0].productId")]
    [TestCase("items", """[{"productId": "p1", "quantity": 1, "unitPrice": "-20.00"}]""", "items[0].unitPrice")]
    [TestCase("items", """[{"productId": "p1", "quantity": "many", "unitPrice": "20.00"}]""", "items[0].quantity")]
    [TestCase("total", "\"19.99\"", "total")]
    [TestCase("items", """[{"productId": "p1", "quantity": 1, "unitPrice": "19.999"}]""", "items[0].unitPrice")]
    [TestCase("items", """[{"productId": "p1", "quantity": 2, "unitPrice": "-79228162514264337593543950335"}]""", "items[0].unitPrice")]
    [TestCase("total", "\"20.001\"", "total")]
    [TestCase("orderId", "\"a\\u0000b\"", "orderId")]
    [TestCase("shippingAddress", """{"street": "1\u0000", "city": "Lisbon", "country": "Portugal"}""", "shippingAddress.street")]
    [TestCase("total", "\"20,00\"", "total")]
    [TestCase("total", "\"2e1\"", "total")]
    [TestCase("total", "2e1", "total")]
    [TestCase("items", """[{"productId": "p1", "quantity": "2", "unitPrice": "10.00"}]""", "items[0].quantity")]
    [TestCase("items", """[{"productId": "p1", "quantity": 2, "unitPrice": "1,0"}]""", "items[0].unitPrice")]
    [TestCase("currency", "\"ZZZ\"", "currency")]
    [TestCase("currency", "\"usd\"", "currency")]
    [TestCase("orderId", "\"4711 \"", "orderId")]
    [TestCase("orderId", "\"47\\u200b11\"", "orderId")]
    [TestCase("customerId", "\"\\ud83d\"", "customerId")]
    [TestCase("shippingAddress", """{"name": "\ud800"}""", "shippingAddress.name")]
    [TestCase("OrderId", "\"4711\"", "OrderId")]
    [TestCase("total", "\"NaN\"", "total")]
    [TestCase("total", "1e400", "total")]
    [TestCase("currency", "\"dollars\"", "currency")]
    [TestCase("orderId", "null", "orderId")]
    [TestCase("customerId", "\" \"", "customerId")]
    [TestCase("paymentMethod", """{"type": "cash", "token": "tok"}""", "paymentMethod.type")]
    [TestCase("paymentMethod", "null", "paymentMethod")]
    [TestCase("paymentMethod", """{"type": "card"}""", "paymentMethod.token")]
    [TestCase("shippingAddress", "null", "shippingAddress")]
    public async Task Should_name_the_field(string property, string value, string field)
    {
        var order = Order.Of().ToJsonString();
        var json = JsonNode.Parse(order)!.AsObject();
        json.Remove(property);
        var body = json.ToJsonString()[..^1] + $", \"{property}\": {value}}}";
        var (status, problem) = await Post(body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("type").GetString().ShouldBe("/problems/invalid-request");
        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldContain(field);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("\"text\"")]
    public async Task Should_refuse_what_is_not_a_JSON_object(string body)
    {
        var (status, problem) = await Post(body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.TryGetProperty("errors", out _).ShouldBeTrue();
    }

    [Test]
    public async Task Should_refuse_JSON_of_a_hundred_thousand_levels() =>
        (await Post("{\"orderId\":" + new string('[', 100_000) + new string(']', 100_000) + "}")).Status.ShouldBe(
            HttpStatusCode.BadRequest
        );

    [Test]
    public async Task Should_refuse_an_unknown_saga_type_and_list_the_known()
    {
        var (status, problem) = await Post(Order.Of().ToJsonString(), "make-coffee");
        status.ShouldBe(HttpStatusCode.NotFound);
        problem.GetProperty("type").GetString().ShouldBe("/problems/unknown-saga-type");
        problem.GetProperty("detail").GetString()!.ShouldContain("order-fulfillment");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Should_refuse_a_body_over_the_limit(bool withLength)
    {
        var api = (await SharedSystem.Get()).Api;
        var bytes = new byte[300 * 1024];
        Array.Fill(bytes, (byte)' ');
        using HttpContent content = withLength ? new ByteArrayContent(bytes) : new StreamContent(new NoLengthStream(bytes));
        content.Headers.ContentType = new("application/json");
        var answer = await api.PostAsync("/api/v1/sagas/order-fulfillment", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString().ShouldBe("/problems/body-too-large");
    }

    [Test]
    public async Task Should_start_nothing()
    {
        var order = Order.Of();
        order["total"] = "1.00";
        await Post(order.ToJsonString());
        var page = await (await SharedSystem.Get()).Api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas?key={order["orderId"]}");
        page.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Problem)> Post(string body, string type = "order-fulfillment")
    {
        var api = (await SharedSystem.Get()).Api;
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await api.PostAsync($"/api/v1/sagas/{type}", content);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private sealed class NoLengthStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
