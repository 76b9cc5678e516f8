using System.Buffers;
using System.Text.Json;
using SagaOrchestrator.Messaging.Postgres.Outbox;

namespace SagaOrchestrator.Messaging.Postgres.Groups;

/// <summary>What the units of a group send, as the text of one outbox row.</summary>
internal static class GroupMessages
{
    /// <summary>Writes the messages of units that are numbered by their place: a JSON array in UTF-8.</summary>
    /// <returns>How many messages it has.</returns>
    public static int Write(IReadOnlyList<GroupMember> members, IBufferWriter<byte> buffer)
    {
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        var count = 0;
        json.WriteStartArray();
        for (var unit = 0; unit < members.Count; unit++)
        {
            foreach (var message in members[unit].Unit.Messages)
            {
                OutboxGroupText.Write(json, unit, message);
                count++;
            }
        }

        json.WriteEndArray();
        json.Flush();
        return count;
    }
}
