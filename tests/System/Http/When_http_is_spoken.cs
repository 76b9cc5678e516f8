using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Http;

/// <summary>
/// What a request's method and headers bring, as RFC 9110 and 9111 say. A header of an answer is given as it is, with a star for any end,
/// or as a dash where it must not be there.
/// </summary>
public sealed class When_http_is_spoken
{
    private const string Json = "Content-Type: application/json; charset=utf-8";
    private const string Kept = "Cache-Control: private, no-cache | Vary: Accept-Encoding";
    private const string Error = "Content-Type: application/problem+json | Cache-Control: no-store | ETag: -";
    private const string Reads = "Allow: GET, HEAD, OPTIONS";
    private const string Sagas = "/api/v1/sagas";
    private const string Nobody = "/6f1c5d1e-0000-4000-8000-000000000001";

    private readonly Dictionary<string, string> known = [];
    private HttpClient api = null!;

    [OneTimeSetUp]
    public async Task RunOne()
    {
        api = (await SharedSystem.Get()).Api;
        var order = Order.Of();
        var saga = await api.Run(order, "Completed");
        known["{id}"] = saga.GetProperty("id").GetString()!;
        known["{key}"] = (string)order["orderId"]!;
        known["{tag}"] = (await api.GetAsync($"{Sagas}/{known["{id}"]}")).Headers.ETag!.ToString();
        await Eventually.True(
            async () =>
                (await api.GetFromJsonAsync<JsonElement>($"{Sagas}?keyPrefix={known["{key}"]}&state=Completed"))
                    .GetProperty("items")
                    .GetArrayLength() > 0,
            "it is in the lists as it is"
        );
        known["{list-tag}"] = (await api.GetAsync($"{Sagas}?key={known["{key}"]}")).Headers.ETag!.ToString();
    }

    // Methods.
    [TestCase("GET", Sagas, "", 200, $"{Json} | {Kept} | ETag: W/*")]
    [TestCase("HEAD", Sagas, "", 200, $"{Json} | {Kept} | ETag: W/*")]
    [TestCase("HEAD", Sagas + "/{id}", "", 200, $"{Json} | {Kept} | ETag: \"*")]
    [TestCase("HEAD", Sagas + Nobody, "", 404, Error)]
    [TestCase("HEAD", Sagas + "/{id}/events", "", 200, "Content-Type: text/event-stream")]
    [TestCase("HEAD", Sagas + "/events", "", 200, "Content-Type: text/event-stream")]
    [TestCase("HEAD", Sagas + "/export", "", 200, "Content-Type: text/csv; charset=utf-8 | Content-Disposition: attachment*")]
    [TestCase("HEAD", "/api/v1/outcomes", "", 200, Json)]
    [TestCase("HEAD", "/health/ready", "", 200, "Cache-Control: no-store")]
    [TestCase("HEAD", "/openapi/v1.json", "", 200, Json)]
    [TestCase("OPTIONS", Sagas, "", 204, Reads)]
    [TestCase("OPTIONS", Sagas + "/{id}", "", 204, Reads)]
    [TestCase("OPTIONS", Sagas + "/order-fulfillment", "", 204, "Allow: OPTIONS, POST")]
    [TestCase("OPTIONS", Sagas + "/order-fulfillment/{key}", "", 204, Reads)]
    [TestCase("OPTIONS", Sagas + "/{id}/cancel", "", 204, "Allow: OPTIONS, POST")]
    [TestCase("OPTIONS", "/api/v1/bulk-jobs", "", 204, "Allow: GET, HEAD, OPTIONS, POST")]
    [TestCase("OPTIONS", "/api/v1/participants/payments/breaker", "", 204, "Allow: OPTIONS, POST")]
    [TestCase("OPTIONS", "/problems/unknown-saga", "", 204, Reads)]
    [TestCase("OPTIONS", "/api/v1/nothing", "", 404, Error)]
    [TestCase("OPTIONS", Sagas, "Origin: https://evil.example; Access-Control-Request-Method: GET", 204, "Access-Control-Allow-Origin: -")]
    [TestCase("PUT", Sagas, "", 405, $"{Reads} | {Error}")]
    [TestCase("DELETE", Sagas + "/{id}", "", 405, $"{Reads} | {Error}")]
    [TestCase("TRACE", Sagas, "", 405, Reads)]
    [TestCase("GET", Sagas + "/{id}/retry", "", 405, "Allow: OPTIONS, POST")]
    // What a caller has already.
    [TestCase("GET", Sagas + "/{id}", "", 200, $"{Json} | {Kept} | ETag: {{tag}}")]
    [TestCase("GET", Sagas + "/{id}", "If-None-Match: {tag}", 304, $"Content-Type: - | {Kept} | ETag: {{tag}}")]
    [TestCase("GET", Sagas + "/{id}", "If-None-Match: W/{tag}", 304, "ETag: {tag}")]
    [TestCase("GET", Sagas + "/{id}", "If-None-Match: *", 304, "ETag: {tag}")]
    [TestCase("GET", Sagas + "/{id}", "If-None-Match: \"0\"", 200, "ETag: {tag}")]
    [TestCase("GET", Sagas + "?key={key}", "If-None-Match: {list-tag}", 304, $"Content-Type: - | {Kept} | ETag: {{list-tag}}")]
    [TestCase("GET", Sagas + "?key={key}", "If-None-Match: \"0\", {list-tag}", 304, "ETag: {list-tag}")]
    [TestCase("HEAD", Sagas + "?key={key}", "If-None-Match: {list-tag}", 304, "ETag: {list-tag}")]
    [TestCase("GET", Sagas + "?key={key}&fields=id", "If-None-Match: {list-tag}", 200, "ETag: W/*")]
    // Whether the saga is as the caller saw it.
    [TestCase("POST", Sagas + "/{id}/cancel", "If-Match: {tag}", 409, Error)]
    [TestCase("POST", Sagas + "/{id}/cancel", "If-Match: *", 409, Error)]
    [TestCase("POST", Sagas + "/{id}/cancel", "If-Match: \"0\"", 412, Error)]
    [TestCase("POST", Sagas + "/{id}/cancel", "If-Match: \"0\", {tag}", 409, Error)]
    [TestCase("POST", Sagas + "/{id}/cancel", "If-Match: W/{tag}", 412, Error)]
    [TestCase("POST", Sagas + "/{id}/cancel", "If-Match: 5", 400, Error)]
    [TestCase("POST", Sagas + "/{id}/signals", "If-Match: {tag}", 400, Error)]
    [TestCase("POST", "/api/v1/bulk-jobs", "If-Match: {tag}", 400, Error)]
    // Forms of an answer.
    [TestCase("GET", Sagas, "Accept: text/html", 406, Error)]
    [TestCase("GET", Sagas, "Accept: application/json;q=0, application/problem+json;q=0, */*", 406, Error)]
    [TestCase("GET", Sagas, "Accept: application/*;q=0.1", 200, Json)]
    [TestCase("GET", Sagas + "/export", "Accept: application/json", 406, Error)]
    [TestCase("GET", Sagas + "/{id}/events", "Accept: application/json", 406, Error)]
    [TestCase("GET", Sagas + "/{id}/diagram", "Accept: application/json", 406, Error)]
    [TestCase("GET", Sagas + "/{id}/diagram", "Accept: text/*", 200, "Content-Type: text/vnd.mermaid* | Vary: Accept, Accept-Encoding")]
    [TestCase("GET", "/problems/unknown-saga", "Accept: text/html", 200, "Content-Type: text/html* | Vary: Accept, Accept-Encoding")]
    [TestCase("GET", "/problems/unknown-saga", "", 200, Json)]
    [TestCase("GET", "/problems/nothing", "", 404, Error)]
    [TestCase("GET", "/api/v1/contract/asyncapi", "Accept: */*", 200, "Content-Type: application/vnd.aai.asyncapi+json*")]
    [TestCase("GET", "/api/v1/contract/asyncapi", "Accept: application/vnd.aai.asyncapi+json", 200, "Vary: Accept, Accept-Encoding")]
    [TestCase("GET", "/api/v1/contract/rules", "Accept: text/markdown", 200, "Content-Type: text/markdown*")]
    [TestCase("GET", "/api/v1/contract/wsdl", "Accept: */*", 404, Error)]
    [TestCase("GET", "/api/v1/contract/rules", "Accept: image/png", 406, Error)]
    [TestCase("GET", Sagas + "/{id}/history", "Accept-Encoding: gzip", 200, $"Content-Encoding: gzip | {Kept} | ETag: W/*")]
    [TestCase("GET", Sagas + "/{id}/history", "Accept-Encoding: gzip;q=0.1, br", 200, "Content-Encoding: br")]
    [TestCase("GET", Sagas + "/{id}/history", "Accept-Encoding: identity", 200, "Content-Encoding: -")]
    [TestCase("GET", Sagas + "/{id}", "Accept-Encoding: gzip", 200, "Content-Encoding: - | ETag: {tag}")]
    [TestCase("GET", Sagas + "?key={key}&fields=id", "Accept-Encoding: gzip", 200, "Content-Encoding: -")]
    [TestCase("GET", Sagas + "/{id}/events", "Accept-Encoding: gzip", 200, "Content-Encoding: identity | Cache-Control: no-cache,no-store")]
    [TestCase("GET", "/openapi/v1.json", "Accept-Encoding: br", 200, "Content-Encoding: br")]
    // Requests that are wrong.
    [TestCase("GET", Sagas + "?nothing=1", "", 400, Error)]
    [TestCase("GET", Sagas + "/{id}?fields=id", "", 400, Error)]
    [TestCase("GET", "/problems?nothing=1", "", 400, Error)]
    [TestCase("POST", Sagas + "/order-fulfillment", "", 400, Error)]
    [TestCase("POST", Sagas + "/{id}/cancel", "Content-Type: text/plain", 415, Error)]
    [TestCase("GET", "/api/v2/sagas", "", 404, Error)]
    public async Task Should_answer_as_the_standards_say(string method, string path, string headers, int status, string wanted)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Filled(path));
        if (method == "POST")
        {
            request.Content = new StringContent(
                """{"by": "alice", "reason": "To see what HTTP says."}""",
                Encoding.UTF8,
                "application/json"
            );
        }

        foreach (var (name, value) in Pairs(headers, "; "))
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
            }
        }

        using var answer = await api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        ((int)answer.StatusCode).ShouldBe(status);
        foreach (var (name, value) in Pairs(wanted, " | "))
        {
            var got = Header(answer, name) ?? "-";
            (value.EndsWith('*') && value.Length > 1 ? got.StartsWith(value[..^1], StringComparison.Ordinal) : got == value).ShouldBeTrue(
                $"{name} is {got}, and not {value}"
            );
        }
    }

    [Test]
    public async Task Should_take_of_each_path_the_methods_that_it_allows_and_no_others()
    {
        var document = await api.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        foreach (var path in document.GetProperty("paths").EnumerateObject().Select(path => Filled(path.Name)))
        {
            var allowed = (await Send("OPTIONS", path)).Content.Headers.Allow;
            foreach (var method in new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" })
            {
                using var answer = await Send(method, path);
                ((int)answer.StatusCode == 405).ShouldBe(!allowed.Contains(method), $"{method} {path}: {string.Join(", ", allowed)}");
            }
        }
    }

    [Test]
    public async Task Should_answer_HEAD_like_GET_without_a_body()
    {
        var document = await api.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var paths = document.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("get", out _)).ToList();
        paths.Count.ShouldBeGreaterThan(15);
        foreach (var path in paths.Select(path => Filled(path.Name)))
        {
            using var get = await Send("GET", path);
            using var head = await Send("HEAD", path);
            head.StatusCode.ShouldBe(get.StatusCode, path);
            foreach (var name in new[] { "Content-Type", "Vary", "Content-Disposition" })
            {
                Header(head, name).ShouldBe(Header(get, name), $"{path}: {name}");
            }

            (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty(path);
        }
    }

    private Task<HttpResponseMessage> Send(string method, string path) =>
        api.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), HttpCompletionOption.ResponseHeadersRead);

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).FirstOrDefault(header => header.Key == name)
            is { Key: not null } found
            ? string.Join(", ", found.Value)
            : null;

    private IEnumerable<(string Name, string Value)> Pairs(string headers, string between) =>
        headers
            .Split(between, StringSplitOptions.RemoveEmptyEntries)
            .Select(header => Filled(header).Split(": ", 2))
            .Select(parts => (parts[0], parts[1]));

    private string Filled(string text)
    {
        foreach (var (name, value) in known)
        {
            text = text.Replace(name, value, StringComparison.Ordinal);
        }

        return text.Replace("{type}", "order-fulfillment", StringComparison.Ordinal)
            .Replace("{name}", "payments", StringComparison.Ordinal)
            .Replace("{businessKey}", known["{key}"], StringComparison.Ordinal)
            .Replace("{code}", "unknown-saga", StringComparison.Ordinal)
            .Replace("{format}", "asyncapi", StringComparison.Ordinal)
            .Replace("{version}", "1", StringComparison.Ordinal)
            .Replace("{number}", "1", StringComparison.Ordinal);
    }
}
