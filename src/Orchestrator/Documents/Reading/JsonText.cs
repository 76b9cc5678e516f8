using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Documents.Reading;

/// <summary>Reads JSON with its lines.</summary>
internal sealed class JsonText
{
    private readonly NodeCount count = new();
    private readonly byte[] json;
    private int line = 1;
    private long counted;

    private JsonText(byte[] json) => this.json = json;

    public static Node Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64 });
        var reading = new JsonText(bytes);
        try
        {
            reader.Read();
            var root = reading.Read(ref reader, string.Empty, depth: 1);
            reader.Read();
            return root;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            var where = exception is JsonException { LineNumber: { } number } ? (int)number + 1 : reading.LineOf(reader.TokenStartIndex);
            throw new DocumentSyntaxException(where, "The document is no valid JSON. Mend it at this line or before.");
        }
    }

    private Node Read(ref Utf8JsonReader reader, string path, int depth)
    {
        var here = LineOf(reader.TokenStartIndex);
        count.Add(here, depth);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<Member>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (name, at) = (reader.GetString()!, LineOf(reader.TokenStartIndex));
                    reader.Read();
                    members.Add(new Member(name, at, Read(ref reader, Node.PathOf(path, name), depth + 1)));
                }

                return new MapNode(here, path, members);
            case JsonTokenType.StartArray:
                var items = new List<Node>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader, Node.PathOf(path, items.Count.ToString()), depth + 1));
                }

                return new ListNode(here, path, items);
            // Half of a character, such as \ud800, is none: it fails here, and not where the text is used.
            case JsonTokenType.String:
                return new ScalarNode(here, path, JsonValue.Create(reader.GetString()));
            default:
                return new ScalarNode(here, path, (JsonValue?)JsonNode.Parse(ref reader));
        }
    }

    private int LineOf(long offset)
    {
        line += json.AsSpan((int)counted, (int)(offset - counted)).Count((byte)'\n');
        counted = offset;
        return line;
    }
}
