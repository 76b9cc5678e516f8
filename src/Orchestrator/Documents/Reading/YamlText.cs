using System.Globalization;
using System.Text.Json.Nodes;
using SagaOrchestrator.Intake.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SagaOrchestrator.Documents.Reading;

/// <summary>
/// Reads YAML with its lines: one document of objects, lists, texts, decimal and whole numbers, true, false and null. Anchors, aliases and
/// tags are refused: a few of them make a document of any size.
/// </summary>
internal sealed class YamlText(IParser parser)
{
    private readonly NodeCount count = new();

    public static Node Read(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                throw new DocumentSyntaxException(1, "The document is empty.");
            }

            var root = new YamlText(parser).Read(string.Empty, depth: 1);
            parser.Consume<DocumentEnd>();
            return parser.TryConsume<StreamEnd>(out _)
                ? root
                : throw new DocumentSyntaxException(Line(parser.Current!), "A second document begins here. Write one plan for each file.");
        }
        catch (YamlException exception)
        {
            throw new DocumentSyntaxException(
                (int)exception.Start.Line,
                $"The document is no valid YAML here: {exception.Message.Split("): ").Last()}"
            );
        }
    }

    private Node Read(string path, int depth)
    {
        var line = Line(parser.Current!);
        count.Add(line, depth);
        if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            throw new DocumentSyntaxException(line, "Anchors and aliases are not taken. Write the value out.");
        }

        if (parser.Current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
        {
            throw new DocumentSyntaxException(line, "Tags are not taken. Quote a text, and write anything else plainly.");
        }

        return parser.Current switch
        {
            MappingStart => ReadMap(line, path, depth),
            SequenceStart => ReadList(line, path, depth),
            _ => new ScalarNode(line, path, Value(parser.Consume<Scalar>())),
        };
    }

    private MapNode ReadMap(int line, string path, int depth)
    {
        parser.Consume<MappingStart>();
        var members = new List<Member>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var at = Line(parser.Current!);
            if (!parser.TryConsume<Scalar>(out var key))
            {
                throw new DocumentSyntaxException(at, "The name of a field is a text.");
            }

            members.Add(new Member(key.Value, at, Read(Node.PathOf(path, key.Value), depth + 1)));
        }

        return new MapNode(line, path, members);
    }

    private ListNode ReadList(int line, string path, int depth)
    {
        parser.Consume<SequenceStart>();
        var items = new List<Node>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Read(Node.PathOf(path, items.Count.ToString(CultureInfo.InvariantCulture)), depth + 1));
        }

        return new ListNode(line, path, items);
    }

    // The words of YAML 1.2: "no" and "on" are texts.
    private static JsonValue? Value(Scalar scalar) =>
        !scalar.IsPlainImplicit || scalar.Style != ScalarStyle.Plain
            ? JsonValue.Create(scalar.Value)
            : scalar.Value switch
            {
                "" or "~" or "null" or "Null" or "NULL" => null,
                "true" or "True" or "TRUE" => JsonValue.Create(true),
                "false" or "False" or "FALSE" => JsonValue.Create(false),
                var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                    JsonValue.Create(whole),
                var text when Decimals.TryRead(text, out var number) => JsonValue.Create(number),
                var text => JsonValue.Create(text),
            };

    private static int Line(ParsingEvent at) => (int)at.Start.Line;
}
