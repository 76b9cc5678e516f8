using System.Globalization;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>Draws hostile requests over the routes that the API's own description names.</summary>
internal sealed class RequestDraw(int seed, Victims victims, IReadOnlyList<(string Method, string Path)> routes)
{
    private const int Kind = 1;

    private static readonly string[] Elsewhere =
    [
        "/",
        "/health/live",
        "/health/ready",
        "/openapi/v1.json",
        "/openapi/../v1.json",
        "/swagger",
        "/swagger/index.html",
        "/api",
        "/api/v1",
        "/api/v1/",
        "/api/v1/sagas/",
        "/api/v2/sagas",
        "/favicon.ico",
        "/api/v1/sagas/../sagas",
        "/api/v1//sagas",
        "/API/V1/SAGAS",
        "/api/v1/sagas/summary/x",
        "/metrics",
        "/.env",
        "/api/v1/sagas/%2e%2e/%2e%2e",
    ];

    private static readonly string[] Methods =
    [
        "GET",
        "HEAD",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
        "TRACE",
        "PROPFIND",
        "get",
        "FOO",
    ];

    public HostileRequest Of(int number)
    {
        var dice = new Dice(seed, Kind, number);
        var (method, template) = dice.OneIn(12) ? ("GET", dice.Of(Elsewhere)) : dice.Of(routes);
        var path = Paths.Fill(dice, victims, template);
        var target = path + Paths.Query(dice);
        var body =
            method is "GET" && !dice.OneIn(20)
                ? []
                : BodyMutation.Of(dice, Bodies.For(dice, template, string.Create(CultureInfo.InvariantCulture, $"fuzz-{seed}-{number}")));
        if (dice.OneIn(12))
        {
            method = dice.Of(Methods);
        }

        return dice.OneIn(10) ? RawRequests.Of(dice, number, method, target, body) : Plain(dice, number, method, target, body);
    }

    private static HostileRequest Plain(Dice dice, int number, string method, string target, byte[] body)
    {
        var headers = HeaderDraw.Of(dice, body.Length);
        var isBroken = method == "TRACE" || HostileRequest.IsNoTarget(target) || headers.Any(header => header.Value.Any(one => one > '~'));
        return new HostileRequest(number, $"{method} {target} HTTP/1.1", headers, body, isBroken);
    }
}
