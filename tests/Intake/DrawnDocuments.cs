using FsCheck;
using FsCheck.Fluent;

namespace SagaOrchestrator.Intake.Tests;

/// <summary>Draws documents whose fields are right, or just beside it.</summary>
public static class DrawnDocuments
{
    /// <summary>Values of every kind that some reader takes and another does not.</summary>
    public static IReadOnlyList<string> Neighbours { get; } =
    [
        "null",
        "true",
        "\"true\"",
        "{}",
        "[]",
        "[null]",
        "[[[[1]]]]",
        "0",
        "-0",
        "-1",
        "1.0",
        "1e0",
        "1E400",
        "01",
        "1.",
        ".5",
        "+1",
        "NaN",
        "1e-400",
        "12345678901234567890123456789",
        "0.0000000000000000000000000001",
        "99999999999999999999",
        "\"\"",
        "\" \"",
        "\" a\"",
        "\"a \"",
        "\"a\"",
        "\"A\"",
        "\"4,40\"",
        "\"44,00\"",
        "\"1e0\"",
        "\"1_000\"",
        "\"\\u0031\"",
        "\"0x1\"",
        "\"٣\"",
        "\"a\\u0000b\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83d\\ude00\"",
        "\"\u200b\"",
        "\"a\\u200bb\"",
        "\"a\\tb\"",
        "\"é\"",
        "\"e\u0301\"",
        "\"\\\"\"",
        "\"\\\\\"",
        "\"line\\nline\"",
        "\"00000000-0000-0000-0000-000000000000\"",
        "\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\"",
        "\"{8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55}\"",
        "\"8A0A3B9C6A0E4C119D380F3A2B9F7A55\"",
        "\"2026-02-30\"",
        "\"2026-02-28\"",
        "\"2026-02-28T12:00:00\"",
        "\"2026-02-28T12:00:00Z\"",
        "\"28.02.2026\"",
        "{\"a\":{\"b\":[1,\"\\ud800\"]}}",
        "{\"a\":1,\"a\":2}",
        "{\"\\u0000\":1}",
        "{\"a\":1e999}",
        "\"" + new string('x', 101) + "\"",
        "\"" + new string('x', 4001) + "\"",
        new string('[', 40) + new string(']', 40),
    ];

    /// <summary>
    /// A document from right values of each field, in which some are replaced, left out, doubled, or spelled in another case.
    /// </summary>
    /// <param name="fields">Right values in JSON, by field.</param>
    public static Gen<string> Of(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        var field = Gen.Elements(fields.Select(one => one.Key).ToArray());
        var change = field.SelectMany(name =>
            Gen.Choose(0, 9).SelectMany(how => Gen.Elements(Neighbours.ToArray()).Select(value => new Change(name, how, value)))
        );
        return Gen.Choose(0, 3).SelectMany(count => change.ArrayOf(count)).Select(changes => Write(fields, changes));
    }

    private static string Write(IReadOnlyList<KeyValuePair<string, string>> fields, IReadOnlyList<Change> changes)
    {
        var written = new List<string>();
        foreach (var (name, value) in fields)
        {
            var change = changes.FirstOrDefault(one => one.Field == name);
            written.AddRange(
                change switch
                {
                    null => [$"\"{name}\":{value}"],
                    { How: 0 } => [],
                    { How: 1 } => [$"\"{name}\":{value}", $"\"{name}\":{change.Value}"],
                    { How: 2 } => [$"\"{char.ToUpperInvariant(name[0])}{name[1..]}\":{value}"],
                    { How: 3 } => [$"\"{name}\":{value}", $"\"more\":{change.Value}"],
                    _ => [$"\"{name}\":{change.Value}"],
                }
            );
        }

        return $"{{{string.Join(',', written)}}}";
    }

    private sealed record Change(string Field, int How, string Value);
}
