using System.Text.Json;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.InMemory;

/// <summary>Sends dead letters in memory to their queues again.</summary>
internal sealed class MemoryDeadLetterMover(IDeadLetters store, Func<IMessageDispatcher> dispatcher) : IDeadLetterMover
{
    public async Task<IReadOnlyDictionary<Guid, LetterFate>> Move(string queue, IReadOnlyCollection<Guid> letters, LetterAim aim)
    {
        var fates = letters.ToDictionary(id => id, _ => LetterFate.Missing);
        foreach (var letter in (await store.Get(letters, CancellationToken.None)).Where(letter => letter.State == DeadLetterState.Waiting))
        {
            if (aim is not LetterAim.Discard)
            {
                await dispatcher().Send(await Message(letter, aim as LetterAim.Edited), CancellationToken.None);
            }

            fates[letter.Id] = LetterFate.Moved;
        }

        return fates;
    }

    private async Task<OutgoingMessage> Message(SagaDeadLetter letter, LetterAim.Edited? edit)
    {
        var headers = JsonElement
            .Parse(letter.Headers)
            .EnumerateObject()
            .Where(header => !SagaHeaders.IsOfDeadLetter(header.Name) && header.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(header => header.Name, header => header.Value.GetString()!, StringComparer.Ordinal);
        if (edit is not null)
        {
            headers[SagaHeaders.DeadLetterEditedBy] = edit.By;
            if (letter.EventPrefix is { } prefix)
            {
                headers[prefix + "id"] = edit.MessageId.ToString();
            }
        }

        var id = edit?.MessageId ?? (Guid.TryParse(letter.MessageId, out var old) ? old : Guid.CreateVersion7());
        return new OutgoingMessage(
            id,
            Queues.ExchangeOf(letter.Queue),
            letter.ContentType ?? ContentTypes.Envelope,
            headers,
            edit?.Body ?? await store.Body(letter.Id, edited: false, CancellationToken.None)
        );
    }
}
