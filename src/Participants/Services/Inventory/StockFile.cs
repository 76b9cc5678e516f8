using System.Text.Json;
using Npgsql;

namespace SagaOrchestrator.Participants.Services.Inventory;

/// <summary>One line of a stock file.</summary>
internal sealed record StockLine(string ProductId, string Name, int Available);

/// <summary>A line that cannot be used.</summary>
internal sealed record BadLine(string File, int Line, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Message}";
}

/// <summary>Stock as JSON Lines: <c>{"productId": "1", "name": "Chai", "available": 382}</c>. Other fields are ignored.</summary>
internal static class StockFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static (IReadOnlyList<StockLine> Lines, IReadOnlyList<BadLine> Bad) Read(string path)
    {
        var lines = new Dictionary<string, StockLine>(StringComparer.Ordinal);
        var bad = new List<BadLine>();
        foreach (var (text, index) in File.ReadLines(path).Select((text, index) => (text, index)))
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var (line, error) = Parse(text);
            error ??= lines.TryAdd(line!.ProductId, line) ? null : $"Product '{line.ProductId}' occurs twice. Keep one of its lines.";
            if (error is not null)
            {
                bad.Add(new BadLine(path, index + 1, error));
            }
        }

        return ([.. lines.Values], bad);
    }

    /// <summary>Adds products that are not there yet; those that are keep their stock.</summary>
    public static async Task<int> Load(
        string connectionString,
        string schema,
        IReadOnlyList<StockLine> lines,
        CancellationToken cancellationToken
    )
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(
            $"""
            insert into {schema}.product (product_id, name, initial, available)
            select id, name, available, available from unnest($1, $2, $3) as line (id, name, available)
            on conflict do nothing
            """
        );
        command.Parameters.Add(new NpgsqlParameter { Value = lines.Select(line => line.ProductId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = lines.Select(line => line.Name).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = lines.Select(line => line.Available).ToArray() });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static (StockLine? Line, string? Error) Parse(string text)
    {
        try
        {
            var line = JsonSerializer.Deserialize<StockLine>(text, Json);
            return line switch
            {
                null => (null, "The line is null. Write one JSON object a line."),
                { ProductId: null or "" } => (null, "productId is missing."),
                { Available: < 0 } => (null, "available is negative. Stock is zero or more units."),
                { Name: null } => (line with { Name = line.ProductId }, null),
                _ => (line, null),
            };
        }
        catch (JsonException exception)
        {
            return (null, exception.Path is { Length: > 2 } path ? $"{path[2..]} has the wrong type." : "This is not a JSON object.");
        }
    }
}
