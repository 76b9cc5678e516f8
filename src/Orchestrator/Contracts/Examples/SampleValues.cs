using System.Text.Json.Nodes;
using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.Contracts.Examples;

/// <summary>Makes a value that its description takes, the same each time.</summary>
internal static class SampleValues
{
    private const string Id = "6a0e3b9c-8a0a-4c11-9d38-0f3a2b9f7a55";

    /// <param name="shape">What it may be.</param>
    /// <param name="name">The field, after which a text is named.</param>
    public static JsonNode? Of(Shape shape, string name) =>
        shape switch
        {
            ObjectShape record => Record(record),
            TextShape text => Text(text, name),
            WordShape word => word.Words[0],
            DecimalShape number => decimal.Clamp(1, number.Least, number.Most),
            IntegerShape number => long.Clamp(1, number.Least, number.Most),
            NumberShape => 1.5,
            BooleanShape => true,
            IdShape => Id,
            DateShape => "2026-01-31",
            InstantShape => "2026-01-31T12:00:00Z",
            DurationShape => "00:00:30",
            ListShape list => new JsonArray([.. Enumerable.Range(0, Math.Max(1, list.Fewest)).Select(_ => Of(list.Item, name))]),
            _ => new JsonObject(),
        };

    // What may be left out is left out: a record that leads back to itself would never end.
    private static JsonObject Record(ObjectShape shape)
    {
        var record = new JsonObject();
        foreach (var field in shape.Fields.Where(field => field.IsRequired))
        {
            record[field.Name] = Of(field.Shape, field.Name);
        }

        return record;
    }

    private static string Text(TextShape text, string name)
    {
        var most = text.Longest ?? int.MaxValue;
        return (name.Length <= most ? name : name[..most]).PadRight(text.Shortest, 'x');
    }
}
