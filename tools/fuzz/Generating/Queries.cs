using System.Text.Json.Nodes;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>Queries of GraphQL: good ones, and those that are wrong, deep, wide or doubled.</summary>
internal static class Queries
{
    private static readonly string[] Values =
    [
        "",
        "null",
        "-1",
        "0",
        "501",
        "99999999999999999999",
        "1.5",
        "\"x\"",
        "\"\\u0000\"",
        "[]",
        "{}",
        "$n",
    ];

    private static readonly string[] Fields =
    [
        "sagas(first: VALUE) { nodes { id saga { state history(first: VALUE) { nodes { type } } } } }",
        "sagas(last: 5, before: VALUE, filter: { keyPrefix: VALUE }) { pageInfo { endCursor } total { count } }",
        "sagas(filter: { columns: [{ name: VALUE, value: VALUE }] }) { nodes { columns } }",
        "saga(id: VALUE) { id explain { sentences } }",
        "sagaByKey(type: VALUE, businessKey: VALUE) { id }",
        "outcomes(after: VALUE, limit: VALUE) { next }",
        "statistics(from: VALUE, by: VALUE) { totals { type } }",
        "timers(before: VALUE) { late }",
        "deadLetters(after: VALUE, filter: { sagaId: VALUE }) { nodes { id } }",
        "plan(type: VALUE, version: VALUE) { steps { name } }",
        "__schema { types { name } }",
        "nothing",
    ];

    public static string Of(Dice dice)
    {
        var count = dice.OneIn(8) ? 40 : 1;
        var fields = string.Join(' ', Enumerable.Range(0, count).Select(number => $"f{number}: {Filled(dice, dice.Of(Fields))}"));
        var query = dice.OneIn(8) ? Nested(dice.OneIn(2) ? 30 : 3000) : $"query($n: Int) {{ {fields} }}";
        var body = new JsonObject { ["query"] = query };
        if (dice.OneIn(2))
        {
            body["variables"] = new JsonObject { ["n"] = dice.OneIn(2) ? 5 : int.MaxValue };
        }

        return body.ToJsonString();
    }

    private static string Filled(Dice dice, string field) =>
        string.Concat(field.Split("VALUE").Select((part, at) => at == 0 ? part : dice.Of(Values) + part));

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{ saga ", depth)) + "{ id }" + string.Concat(Enumerable.Repeat(" }", depth));
}
