using System.Text.Json;

namespace SagaOrchestrator.Runner.Orders;

/// <summary>Orders as JSON Lines. Every line is an order or a finding; none is skipped in silence.</summary>
internal static class OrderFile
{
    public static IEnumerable<OrderLine> Read(string path)
    {
        var number = 0;
        foreach (var text in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return new OrderLine(path, number, text, Problem(text));
            }
        }
    }

    private static string? Problem(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : "This is not a JSON object. Write one order a line.";
        }
        catch (JsonException exception)
        {
            return $"This is not valid JSON (byte {exception.BytePositionInLine}). Write one order a line.";
        }
    }
}

/// <summary>One line of an orders file.</summary>
internal sealed record OrderLine(string File, int Line, string Json, string? Problem)
{
    public string Complain(string what) => $"{File}:{Line}: {what}";
}
