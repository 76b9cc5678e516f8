using Npgsql;
using NpgsqlTypes;

namespace SagaOrchestrator.Outbox.Commit;

/// <summary>Parameters that may be null, which Postgres must be told the type of, and text that is JSON.</summary>
public static class SqlValue
{
    /// <summary>Text or null.</summary>
    public static NpgsqlParameter Text(string? text) => Of(text, NpgsqlDbType.Text);

    /// <summary>A JSON document or null.</summary>
    public static NpgsqlParameter Json(string? json) => Of(json, NpgsqlDbType.Jsonb);

    /// <summary>JSON documents.</summary>
    public static NpgsqlParameter JsonArray(string[] documents) => Of(documents, NpgsqlDbType.Array | NpgsqlDbType.Jsonb);

    /// <summary>A point in time or null.</summary>
    public static NpgsqlParameter Time(DateTimeOffset? time) => Of(time, NpgsqlDbType.TimestampTz);

    /// <summary>An id or null.</summary>
    public static NpgsqlParameter Id(Guid? id) => Of(id, NpgsqlDbType.Uuid);

    private static NpgsqlParameter Of(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
