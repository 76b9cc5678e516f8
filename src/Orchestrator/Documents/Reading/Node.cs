using System.Text.Json.Nodes;

namespace SagaOrchestrator.Documents.Reading;

/// <summary>A value of a document, and where it stands.</summary>
internal abstract record Node(int Line, string Path)
{
    /// <summary>What it is, for a finding.</summary>
    public abstract string Kind { get; }

    /// <summary>The same without places.</summary>
    public abstract JsonNode? ToJson();

    /// <summary>The path of a member or an entry of it.</summary>
    public static string PathOf(string parent, string name) =>
        parent + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

/// <summary>An object. A field that stands twice is there twice.</summary>
internal sealed record MapNode(int Line, string Path, IReadOnlyList<Member> Members) : Node(Line, Path)
{
    public override string Kind => "an object";

    public Node? Find(string name) => Members.FirstOrDefault(member => member.Name == name)?.Value;

    public override JsonNode ToJson()
    {
        var json = new JsonObject();
        foreach (var member in Members)
        {
            json[member.Name] = member.Value.ToJson();
        }

        return json;
    }
}

/// <summary>A field of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Line">The line of its name.</param>
/// <param name="Value">Its value.</param>
internal sealed record Member(string Name, int Line, Node Value);

/// <summary>A list.</summary>
internal sealed record ListNode(int Line, string Path, IReadOnlyList<Node> Items) : Node(Line, Path)
{
    public override string Kind => "a list";

    public override JsonNode ToJson() => new JsonArray([.. Items.Select(item => item.ToJson())]);
}

/// <summary>A text, a number, true, false or nothing.</summary>
internal sealed record ScalarNode(int Line, string Path, JsonValue? Value) : Node(Line, Path)
{
    public override string Kind =>
        Value?.GetValueKind() switch
        {
            null => "nothing",
            System.Text.Json.JsonValueKind.String => "a text",
            System.Text.Json.JsonValueKind.Number => "a number",
            _ => "true or false",
        };

    /// <summary>The text; null when it is none.</summary>
    public string? Text =>
        Value is { } value && value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : null;

    public override JsonNode? ToJson() => Value?.DeepClone();
}
