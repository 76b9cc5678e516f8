using System.Globalization;
using System.Text.Json;

namespace SagaOrchestrator.Runner.Check;

/// <summary>
/// An order as the orchestrator has stored it, or why it cannot be read. One that cannot does not keep the others from being checked.
/// </summary>
internal sealed record StoredOrder(Guid Id, SagaFact? Fact, string? Problem)
{
    public static StoredOrder Read(Guid id, string businessKey, string state, string data, string progress, string type)
    {
        try
        {
            using var order = JsonDocument.Parse(data);
            using var steps = JsonDocument.Parse(progress);
            return new StoredOrder(
                id,
                new SagaFact(
                    id,
                    businessKey,
                    state,
                    Number(order.RootElement.GetProperty("total")),
                    [
                        .. order
                            .RootElement.GetProperty("items")
                            .EnumerateArray()
                            .Select(item => (item.GetProperty("productId").GetString()!, (int)Number(item.GetProperty("quantity")))),
                    ],
                    Started(steps.RootElement)
                )
                {
                    Type = type,
                },
                null
            );
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            return new StoredOrder(
                id,
                null,
                $"saga {id} ({businessKey}) is {state}, and its data cannot be read: {exception.GetType().Name}"
            );
        }
    }

    // A step that waited for a signal has no effect at any participant.
    private static List<string> Started(JsonElement progress)
    {
        var signals =
            progress.TryGetProperty("signals", out var received) && received.ValueKind == JsonValueKind.Array
                ? received.EnumerateArray().Select(signal => signal.GetProperty("step").GetString()).ToHashSet(StringComparer.Ordinal)
                : [];
        return
        [
            .. progress
                .GetProperty("steps")
                .EnumerateArray()
                .Where(step =>
                    step.TryGetProperty("startOrder", out var order)
                    && order.ValueKind == JsonValueKind.Number
                    && !signals.Contains(step.GetProperty("name").GetString())
                )
                .OrderBy(step => step.GetProperty("startOrder").GetInt32())
                .Select(step => step.GetProperty("name").GetString()!),
        ];
    }

    private static decimal Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDecimal();
}
