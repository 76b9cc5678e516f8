using System.Globalization;
using System.Text.RegularExpressions;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>Paths and query strings.</summary>
internal static partial class Paths
{
    private static readonly string[] NoIds =
    [
        "not-a-guid",
        "00000000-0000-0000-0000-000000000000",
        "%7B6f1c5d1e-0000-4000-8000-000000000001%7D",
        "6f1c5d1e000040008000000000000001",
        "1",
        "-1",
        "null",
        "%00",
        "%ff%fe",
        "..%2f..",
        "%",
        "%zz",
        "%F0%9F%98%80",
        "a%20b",
        "a+b",
        "%E2%80%AE",
        "summary",
        "'",
        "<b>",
        "%0d%0aX:1",
        "6f1c5d1e-0000-4000-8000-00000000000",
        "6f1c5d1e-0000-4000-8000-0000000000011",
    ];

    private static readonly string[] Types =
    [
        "order-fulfillment",
        "business-order",
        "order-fulfillment",
        "business-order",
        "make-coffee",
        "ORDER-FULFILLMENT",
        "order-fulfillment%00",
        "%2e",
        "orders",
    ];

    private static readonly string[] Names =
    [
        "type",
        "state",
        "key",
        "cursor",
        "limit",
        "after",
        "startedAfter",
        "minTotal",
        "",
        "STATE",
        "type[]",
        "%00",
        "%ff",
        "a%20b",
        "sort",
    ];

    private static readonly string[] Values =
    [
        "order-fulfillment",
        "Parked",
        "parked",
        "0",
        "1",
        "50",
        "500",
        "501",
        "-1",
        "1e2",
        "99999999999",
        "2147483648",
        "",
        "%00",
        "%ff",
        "%zz",
        "nope",
        "MDAw",
        "%F0%9F%98%80",
        "a%20b",
        "null",
        "NaN",
        "' or 1=1 --",
        "NjM4NzA2ODE2MDAwMDAwMDAwLmYxYzVkMWUwMDAwNDAwMDgwMDAwMDAwMDAwMDAwMDE",
        "9223372036854775807",
        "2026-01-01",
    ];

    public static string Fill(Dice dice, Victims victims, string template) =>
        Parameter()
            .Replace(
                template,
                match =>
                    match.Value switch
                    {
                        "{type}" => dice.Of(Types),
                        _ when dice.OneIn(100) => new string('i', dice.Of(300, 5000, 9000, 40_000)),
                        _ when dice.OneIn(5) => dice.Of(NoIds).Replace("'", "%27", StringComparison.Ordinal),
                        _ when dice.OneIn(5) => dice.Id().ToString(),
                        _ => victims.Id(Victims.Any(dice)).ToString(),
                    }
            );

    public static string Query(Dice dice)
    {
        if (dice.Below(10) < 6)
        {
            return string.Empty;
        }

        if (dice.OneIn(30))
        {
            return "?"
                + dice.Of(
                    "",
                    "&",
                    "&&&=&",
                    "=",
                    "?",
                    "#",
                    "state",
                    ";",
                    new string('q', 9000),
                    string.Join('&', Enumerable.Range(0, 700).Select(number => $"p{number}=1"))
                );
        }

        var parameters = Enumerable
            .Range(0, 1 + dice.Below(3))
            .Select(_ => string.Create(CultureInfo.InvariantCulture, $"{dice.Of(Names)}={dice.Of(Values).Replace(' ', '+')}"));
        return "?" + string.Join('&', parameters);
    }

    [GeneratedRegex("\\{[^}]*\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
