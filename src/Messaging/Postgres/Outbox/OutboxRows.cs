using System.Runtime.InteropServices;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Postgres.Outbox;

/// <summary>Messages as columns of the outbox: message_id, destination, content_type, headers, body.</summary>
internal static class OutboxRows
{
    public static IEnumerable<NpgsqlParameter> Parameters(IReadOnlyList<OutgoingMessage> messages)
    {
        var (ids, destinations, types) = (new Guid[messages.Count], new string[messages.Count], new string[messages.Count]);
        var (headers, bodies) = (new string[messages.Count], new byte[messages.Count][]);
        for (var index = 0; index < messages.Count; index++)
        {
            var message = messages[index];
            ids[index] = message.MessageId;
            destinations[index] = message.Destination;
            types[index] = message.ContentType;
            headers[index] = JsonSerializer.Serialize(message.Headers);
            bodies[index] = BytesOf(message.Body);
        }

        return
        [
            SqlValue.Array(ids, NpgsqlDbType.Uuid),
            SqlValue.Array(destinations, NpgsqlDbType.Text),
            SqlValue.Array(types, NpgsqlDbType.Text),
            SqlValue.Array(headers, NpgsqlDbType.Text),
            SqlValue.Array(bodies, NpgsqlDbType.Bytea),
        ];
    }

    /// <summary>Reads one of a row that begins with these columns.</summary>
    public static OutgoingMessage Message(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetString(1),
            row.GetString(2),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(3))!,
            row.GetFieldValue<byte[]>(4)
        );

    private static byte[] BytesOf(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : body.ToArray();
}
