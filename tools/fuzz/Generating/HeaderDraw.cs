using System.Globalization;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>Headers: right ones, wrong ones, too many and too long ones.</summary>
internal static class HeaderDraw
{
    private static readonly string[] MediaTypes =
    [
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
        "application/json; charset=nope",
        "application/json; charset=utf-16",
        "application/json; charset=",
        "application/json;",
        "text/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "",
        "nonsense",
        "application/json, application/json",
        "application/problem+json",
        "*/*",
        "a/b; c=\"",
        "\u00e9/\u00e9",
    ];

    private static readonly (string Name, string Value)[] Odd =
    [
        ("Accept", "text/html"),
        ("Accept", "application/json;q=0"),
        ("Accept", "*/*"),
        ("Accept", ";;;"),
        ("Accept", "application/json;q=nope"),
        ("Accept-Encoding", "gzip, br;q=0"),
        ("Accept-Language", "tlh"),
        ("Content-Encoding", "gzip"),
        ("Content-Encoding", "nope"),
        ("If-None-Match", "\"1\""),
        ("If-None-Match", "*"),
        ("If-None-Match", "W/\"\u00e9"),
        ("If-None-Match", "1, 2, \"3"),
        ("If-Match", "\"7\""),
        ("Idempotency-Key", "another"),
        ("Idempotency-Key", ""),
        ("Idempotency-Key", "\u00e9\u00ff"),
        ("traceparent", "00-zz-zz-zz"),
        ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        ("baggage", "a=b,,,=;"),
        ("X-HTTP-Method-Override", "DELETE"),
        ("X-Forwarded-For", "1.2.3.4, nope"),
        ("X-Forwarded-Host", "evil"),
        ("Range", "bytes=0-1"),
        ("Authorization", "Bearer x"),
        ("Cookie", "a=b; c"),
        ("Expect", "100-continue"),
        ("Expect", "nonsense"),
        ("Upgrade", "h2c"),
        ("Upgrade", "websocket"),
        ("Date", "yesterday"),
        ("User-Agent", ""),
        ("Origin", "null"),
        ("Host-Override", "x"),
        ("Max-Forwards", "0"),
        ("TE", "trailers"),
    ];

    public static IReadOnlyList<(string Name, string Value)> Of(Dice dice, int length)
    {
        var headers = new List<(string, string)> { ("Connection", "close") };
        if (length > 0 || dice.OneIn(10))
        {
            headers.Add(("Content-Length", length.ToString(CultureInfo.InvariantCulture)));
            headers.Add(("Content-Type", dice.OneIn(5) ? dice.Of(MediaTypes) : MediaTypes[0]));
        }

        for (var times = dice.OneIn(3) ? 1 + dice.Below(3) : 0; times > 0; times--)
        {
            headers.Add(dice.Of(Odd));
        }

        if (dice.OneIn(40))
        {
            headers.Add(("X-Long", new string('h', dice.Of(8_000, 15_000, 17_000, 30_000, 40_000))));
        }

        if (dice.OneIn(60))
        {
            headers.AddRange(
                Enumerable
                    .Range(0, dice.Of(50, 70, 200))
                    .Select(number => (string.Create(CultureInfo.InvariantCulture, $"X-{number}"), "1"))
            );
        }

        return headers;
    }
}
