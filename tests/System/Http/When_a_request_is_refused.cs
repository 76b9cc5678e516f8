using System.Net.Http.Headers;
using System.Text;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Http;

/// <summary>Every error answer is of the catalogue, also where the framework or the server answers by itself.</summary>
public sealed class When_a_request_is_refused
{
    private const string Sagas = "/api/v1/sagas";
    private const string Start = Sagas + "/order-fulfillment";
    private HttpClient api = null!;

    [OneTimeSetUp]
    public async Task Get() => api = (await SharedSystem.Get()).Api;

    [TestCase("/nothing/here", "unknown-path")]
    [TestCase("/api/v2/sagas", "unknown-path")]
    [TestCase(Sagas + "/not-a-guid", "unknown-saga")]
    [TestCase(Sagas + "/not-a-guid/history", "unknown-saga")]
    [TestCase(Sagas + "/6f1c5d1e-0000-4000-8000-000000000001", "unknown-saga")]
    [TestCase(Sagas + "/6f1c5d1e-0000-4000-8000-000000000001/history", "unknown-saga")]
    [TestCase(Sagas + "/6f1c5d1e-0000-4000-8000-000000000001/nothing", "unknown-path")]
    public async Task Should_say_what_there_is_not(string path, string type)
    {
        var problem = await (await api.GetAsync(path)).ShouldBeProblem(Known(type));
        problem.GetProperty("instance").GetString().ShouldBe(path);
    }

    [TestCase("PUT", Sagas, "GET, HEAD, OPTIONS")]
    [TestCase("DELETE", Sagas + "/summary", "GET, HEAD, OPTIONS")]
    [TestCase("GET", Sagas + "/6f1c5d1e-0000-4000-8000-000000000001/retry", "OPTIONS, POST")]
    [TestCase("POST", Sagas + "/6f1c5d1e-0000-4000-8000-000000000001", "GET, HEAD, OPTIONS")]
    [TestCase("DELETE", Sagas + "/6f1c5d1e-0000-4000-8000-000000000001/history", "GET, HEAD, OPTIONS")]
    public async Task Should_say_which_methods_a_path_takes(string method, string path, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var answer = await api.SendAsync(request);
        string.Join(", ", answer.Content.Headers.Allow).ShouldBe(allowed);
        (await answer.ShouldBeProblem(ProblemTypes.MethodNotAllowed)).GetProperty("detail").GetString()!.ShouldContain(allowed);
    }

    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("application/json; charset=nope")]
    [TestCase("application/json; charset=utf-16")]
    [TestCase("application/json; charset=\"latin1\"")]
    [TestCase("nonsense")]
    [TestCase(null)]
    public async Task Should_take_no_other_body_than_JSON_in_UTF_8(string? mediaType)
    {
        foreach (var path in new[] { Start, $"{Sagas}/{Guid.NewGuid()}/signals", $"{Sagas}/{Guid.NewGuid()}/cancel" })
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Order.Of().ToJsonString()));
            if (mediaType is not null)
            {
                content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
            }

            await (await api.PostAsync(path, content)).ShouldBeProblem(ProblemTypes.UnsupportedMediaType);
        }
    }

    [TestCase("application/json; charset=UTF-8")]
    [TestCase("application/json;charset=\"utf-8\"")]
    public async Task Should_take_JSON_in_UTF_8_however_it_is_said(string mediaType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Order.Of().ToJsonString()));
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        ((int)(await api.PostAsync(Start, content)).StatusCode).ShouldBe(202);
    }

    [Test]
    public async Task Should_take_no_compressed_body()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");
        await (await api.PostAsync(Start, content)).ShouldBeProblem(ProblemTypes.UnsupportedMediaType);
    }

    [TestCase("text/html", false)]
    [TestCase("application/json;q=0", false)]
    [TestCase("text/html, */*;q=0.1", true)]
    [TestCase("application/*", true)]
    [TestCase("nonsense", true)]
    public async Task Should_not_answer_JSON_to_those_who_exclude_it(string accept, bool takes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Sagas + "/summary");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        var answer = await api.SendAsync(request);
        if (takes)
        {
            answer.IsSuccessStatusCode.ShouldBeTrue();
        }
        else
        {
            await answer.ShouldBeProblem(ProblemTypes.NotAcceptable);
        }
    }

    [TestCase("Transfer-Encoding: chunked\r\n", "FFFFFFFFFFFFFFFF\r\nabc\r\n", "unreadable-request")]
    [TestCase("Transfer-Encoding: chunked\r\n", "no-size\r\nabc\r\n0\r\n\r\n", "unreadable-request")]
    [TestCase("Content-Length: 262145\r\n", "{", "body-too-large")]
    public async Task Should_say_of_a_body_that_cannot_be_read_that_it_cannot(string headers, string body, string type)
    {
        foreach (var path in new[] { Start, $"{Sagas}/{Guid.NewGuid()}/signals" })
        {
            var answer = await RawHttp.Send(
                api.BaseAddress!,
                "POST " + path,
                "Content-Type: application/json\r\n" + headers,
                body,
                ends: false
            );
            answer.Headers.ShouldContain("application/problem+json");
            answer.Json.ShouldBeProblem(Known(type)).GetProperty("status").GetInt32().ShouldBe(answer.Status);
        }
    }

    [Test]
    public async Task Should_start_nothing_from_a_body_that_ends_early()
    {
        var order = Order.Of();
        var body = order.ToJsonString();
        try
        {
            await RawHttp.Send(
                api.BaseAddress!,
                "POST " + Start,
                $"Content-Type: application/json\r\nContent-Length: {body.Length + 1}\r\n",
                body
            );
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Who hangs up in the middle is not answered.
        }

        (await api.GetStringAsync($"{Sagas}?key={order["orderId"]}")).ShouldNotContain((string)order["orderId"]!);
    }

    [Test]
    public async Task Should_name_the_first_byte_that_is_no_UTF_8()
    {
        foreach (var path in new[] { $"{Sagas}/{Guid.NewGuid()}/signals", $"{Sagas}/{Guid.NewGuid()}/cancel" })
        {
            using var content = new ByteArrayContent([.. "{\"by\":\""u8, 0xFF, .. "\"}"u8]);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var problem = await (await api.PostAsync(path, content)).ShouldBeProblem(ProblemTypes.InvalidRequest);
            problem.Error(string.Empty).ShouldContain("offset 7");
        }
    }

    [Test]
    public async Task Should_bound_the_URL() =>
        await (await api.GetAsync($"{Sagas}?key={new string('k', 9000)}")).ShouldBeProblem(ProblemTypes.UrlTooLong);

    [Test]
    public async Task Should_bound_the_headers()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Sagas);
        request.Headers.Add("X-Long", new string('h', 17_000));
        await (await api.SendAsync(request)).ShouldBeProblem(ProblemTypes.HeadersTooLarge);
    }

    private static ProblemType Known(string name) => ProblemTypes.All.Single(type => type.Name == name);
}
