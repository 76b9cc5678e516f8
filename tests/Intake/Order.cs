using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SagaOrchestrator.Intake.Tests;

/// <summary>A record with a member of every kind.</summary>
internal sealed record Order(
    [property: Key] [Length(1, 20)] string OrderId,
    [System.ComponentModel.DataAnnotations.Range(typeof(decimal), "0", "1000000")] [DataType(DataType.Currency)] decimal Total,
    [System.ComponentModel.DataAnnotations.Range(1, 100)] int Quantity,
    Urgency Urgency,
    [AllowedValues("card", "cash")] string PaidBy,
    [Length(1, 3)] IReadOnlyList<Line> Lines,
    Guid Customer,
    DateOnly? OrderedOn = null,
    DateTimeOffset? DueAt = null,
    bool IsGift = false,
    double? Weight = null,
    string? Note = null,
    JsonElement? Extra = null,
    IReadOnlyDictionary<string, string?>? Labels = null
)
{
    public const string Valid = """
        {"orderId":"4711","total":"12.50","quantity":2,"urgency":"very_urgent","paidBy":"card",
        "lines":[{"name":"Chai","gifts":[null,"card"]}],"customer":"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55"}
        """;

    /// <summary>A valid one in which one field is something else.</summary>
    public static byte[] With(string field, string json)
    {
        var order = System.Text.Json.Nodes.JsonNode.Parse(Valid)!.AsObject();
        order.Remove(field);
        var text = order.ToJsonString();
        return Encoding.UTF8.GetBytes($"{text[..^1]},\"{field}\":{json}}}");
    }
}

internal sealed record Line(string Name, IReadOnlyList<string?> Gifts);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Closed(string Name);

internal sealed record Tree(string Name, Tree? Child);

internal enum Urgency
{
    Normal,

    [JsonStringEnumMemberName("very_urgent")]
    VeryUrgent,
}

internal sealed record Worded([AllowedValues("größer", "kleiner")] string Size);
