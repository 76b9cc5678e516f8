using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using RabbitMQ.Client;

namespace SagaOrchestrator.Certify.Broker;

/// <summary>Sorts what comes by its saga, or by the message that it was. What is somebody else's stays in its queue.</summary>
internal sealed class Mailbox
{
    private readonly ConcurrentDictionary<Guid, Channel<Answer>> answers = new();
    private readonly ConcurrentDictionary<Guid, Channel<Letter>> letters = new();
    private readonly ConcurrentDictionary<Guid, Letter> good = new();
    private readonly ConcurrentDictionary<(Guid Saga, CommandKind Kind), bool> asked = new();

    /// <summary>Good commands that became dead letters, by their saga.</summary>
    public IReadOnlyDictionary<Guid, Letter> GoodLetters => good;

    /// <summary>How many questions have no answer: a saga has one for its command, its compensation and its enquiry.</summary>
    public int Unanswered => asked.Values.Count(isAnswered => !isAnswered);

    /// <summary>Notes that a saga is owed an answer.</summary>
    public void Ask(Guid saga, CommandKind kind) => asked.TryAdd((saga, kind), false);

    public ChannelReader<Answer> Watch(Guid saga) => answers.GetOrAdd(saga, _ => Channel.CreateUnbounded<Answer>()).Reader;

    /// <summary>Waits for a message that must become a dead letter.</summary>
    public ChannelReader<Letter> Expect(Guid message) => letters.GetOrAdd(message, _ => Channel.CreateUnbounded<Letter>()).Reader;

    /// <summary>Takes what comes; returns whether it was meant for the suite.</summary>
    /// <param name="queue">Where it came.</param>
    /// <param name="isCopy">One that is looked at elsewhere too.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="body">Its bytes.</param>
    public bool Take(string queue, bool isCopy, IReadOnlyBasicProperties properties, byte[] body)
    {
        var headers = Texts(properties.Headers);
        if (MessageOf(properties, body) is { } letter)
        {
            return isCopy || letter.Writer.TryWrite(new Letter(headers, body));
        }

        var envelope = Parse(body) is { } parsed ? WireFormat.Read(properties, parsed) : null;
        if (SagaOf(envelope, headers) is not var (saga, channel))
        {
            return false;
        }

        var type = TypeOf(envelope!);
        if (type?.StartsWith(Answer.Urn + "Saga", StringComparison.Ordinal) == true)
        {
            var answer = new Answer(
                type[Answer.Urn.Length..],
                envelope!,
                queue,
                properties.UserId,
                properties.ContentType,
                WireFormat.FormatOf(properties)
            );
            foreach (var kind in Enum.GetValues<CommandKind>().Where(answer.Answers))
            {
                asked[(saga, kind)] = true;
            }

            return isCopy || channel.Writer.TryWrite(answer);
        }

        good.TryAdd(saga, new Letter(headers, body));
        return true;
    }

    // A participant may lose the property; then the bytes tell, in which each malformed message has its id.
    private Channel<Letter>? MessageOf(IReadOnlyBasicProperties properties, byte[] body)
    {
        if (Guid.TryParse(properties.MessageId, out var id) && letters.TryGetValue(id, out var named))
        {
            return named;
        }

        var text = letters.IsEmpty ? string.Empty : Encoding.UTF8.GetString(body);
        return letters.FirstOrDefault(letter => text.Contains(letter.Key.ToString(), StringComparison.OrdinalIgnoreCase)).Value;
    }

    private (Guid Saga, Channel<Answer> Channel)? SagaOf(JsonObject? envelope, Dictionary<string, string> headers)
    {
        if (envelope is null)
        {
            return null;
        }

        var message = envelope["message"] as JsonObject;
        JsonNode?[] names = [message?["sagaId"], (message?["saga"] as JsonObject)?["sagaId"], envelope["correlationId"]];
        foreach (var name in names.Select(name => name?.ToString()).Append(headers.GetValueOrDefault("saga-id")))
        {
            if (Guid.TryParse(name, out var saga) && answers.TryGetValue(saga, out var channel))
            {
                return (saga, channel);
            }
        }

        return null;
    }

    private static string? TypeOf(JsonObject envelope) =>
        (envelope["messageType"] as JsonArray)?.Select(name => name?.ToString()).FirstOrDefault();

    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Texts(IDictionary<string, object?>? headers) =>
        (headers ?? new Dictionary<string, object?>()).ToDictionary(
            header => header.Key,
            header => header.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : header.Value?.ToString() ?? string.Empty,
            StringComparer.Ordinal
        );
}
