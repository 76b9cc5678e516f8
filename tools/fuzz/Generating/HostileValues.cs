using System.Text;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>Values as they stand in a document, valid JSON or not.</summary>
internal static class HostileValues
{
    // Stands for a byte that is no UTF-8.
    private const char InvalidByte = '\uE000';

    private static readonly string[] Short =
    [
        "null",
        "true",
        "false",
        "0",
        "-1",
        "-0",
        "1",
        "99",
        "1.5",
        "1e0",
        "1e400",
        "1E-400",
        "-79228162514264337593543950335",
        "99999999999999999999",
        "2147483648",
        "\"4,40\"",
        "\"1.000,00\"",
        "\"1,000.00\"",
        "\"1e0\"",
        "\" 44.00\"",
        "\"44.00 \"",
        "\"+44.00\"",
        "\"-44.00\"",
        "\"44.\"",
        "\".5\"",
        "\"0x10\"",
        "\"NaN\"",
        "\"Infinity\"",
        "\"４４\"",
        "\"٤٤\"",
        "NaN",
        "Infinity",
        "01",
        ".5",
        "1.",
        "+1",
        "0x1",
        "'single'",
        "undefined",
        "\"unclosed",
        "tru",
        "\"\"",
        "\" \"",
        "\"\\t\"",
        "\"\\u0000\"",
        "\"a\\u0000b\"",
        "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"",
        "\"\\ud83d\\u0000\"",
        "\"\\u202e\"",
        "\"a\\u200bb\"",
        "\"\\ufeff\"",
        "\"e\\u0301\"",
        "\"\\x41\"",
        "\"\\u12\"",
        "[]",
        "{}",
        "[null]",
        "{\"\":\"\"}",
        "{\"a\":1,\"a\":2}",
        "[[[]]]",
        "{\"$type\":\"System.Object\"}",
        "{\"__proto__\":{}}",
        "\"2026-02-30\"",
        "\"2026-1-1\"",
        "\"0001-01-01\"",
        "\"9999-12-31\"",
        "\"31.01.2026\"",
        "\"2026-01-31T00:00:00Z\"",
        "\"JPY\"",
        "\"ZZZ\"",
        "\"usd\"",
        "\"Rejected\"",
        "\"REJECTED\"",
        "\"faulted\"",
        "\"in_progress\"",
        "\"undo\"",
        "\"done\"",
        "\"not-done\"",
        "\"00000000-0000-0000-0000-000000000000\"",
        "\"{6f1c5d1e-0000-4000-8000-000000000001}\"",
        "\"6f1c5d1e000040008000000000000001\"",
        "\"order-4711\"",
        "\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"",
        "\"' or 1=1; drop table saga; --\"",
        "\"<script>alert(1)</script>\"",
        "\"%00\"",
        "\"${jndi:ldap://x}\"",
        "\"{0}{1}{Message}\"",
        "\"tok_timeout\"",
        "\"tok_declined\"",
        "\"tok_flaky\"",
        "\"\uE000\"",
        "\"a\uE000\uE000b\"",
        "\uE000",
    ];

    public static string Any(Dice dice) =>
        dice.Below(12) switch
        {
            0 => '"' + new string(dice.Of('a', 'é', '漢'), dice.Of(101, 201, 501, 4001, 70_000)) + '"',
            1 => Nested(dice.Of(31, 33, 61, 64, 65, 130, 1000), dice.OneIn(2)),
            2 when dice.OneIn(8) => '"' + new string('x', dice.Of(250_000, 300_000)) + '"',
            2 when dice.OneIn(8) => Nested(100_000, objects: false),
            2 when dice.OneIn(4) => "[" + string.Join(',', Enumerable.Repeat("1", dice.Of(1000, 20_000))) + "]",
            _ => dice.Of(Short),
        };

    /// <summary>The bytes of a document that holds such values.</summary>
    public static byte[] Bytes(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (!text.Contains(InvalidByte, StringComparison.Ordinal))
        {
            return utf8;
        }

        ReadOnlySpan<byte> mark = [0xEE, 0x80, 0x80];
        var bytes = new List<byte>(utf8.Length);
        for (var at = 0; at < utf8.Length; at++)
        {
            var isMark = utf8.AsSpan(at).StartsWith(mark);
            bytes.Add(isMark ? (byte)0xFF : utf8[at]);
            at += isMark ? mark.Length - 1 : 0;
        }

        return [.. bytes];
    }

    private static string Nested(int levels, bool objects) =>
        objects
            ? string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels)
            : new string('[', levels) + new string(']', levels);
}
