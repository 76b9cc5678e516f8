using Npgsql;
using NpgsqlTypes;

namespace SagaOrchestrator.Messaging.Postgres.Databases;

/// <summary>Parameters that may be null, which Postgres must be told the type of, and text that is JSON.</summary>
public static class SqlValue
{
    /// <summary>Text or null.</summary>
    public static NpgsqlParameter Text(string? text) => Of(text, NpgsqlDbType.Text);

    /// <summary>Values of one column, for <c>unnest</c>.</summary>
    /// <param name="values">The values; null elements become SQL null.</param>
    /// <param name="type">The element's type.</param>
    public static NpgsqlParameter Array(Array values, NpgsqlDbType type) => Of(values, NpgsqlDbType.Array | type);

    /// <summary>A point in time or null.</summary>
    public static NpgsqlParameter Time(DateTimeOffset? time) => Of(time, NpgsqlDbType.TimestampTz);

    /// <summary>Ids or null.</summary>
    public static NpgsqlParameter Ids(Guid[]? ids) => Of(ids, NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    /// <summary>An id or null.</summary>
    public static NpgsqlParameter Id(Guid? id) => Of(id, NpgsqlDbType.Uuid);

    private static NpgsqlParameter Of(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
