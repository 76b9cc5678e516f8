using System.Globalization;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Documents.Reading;

/// <summary>Reads the fields of an object, each once, and notes what is wrong with them.</summary>
internal sealed class Fields
{
    /// <summary>Nothing that a plan waits for takes longer.</summary>
    public const int MostDays = 3650;

    private readonly MapNode map;
    private readonly ICollection<PlanFinding> findings;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public Fields(MapNode map, ICollection<PlanFinding> findings)
    {
        (this.map, this.findings) = (map, findings);
        foreach (var twice in map.Members.GroupBy(member => member.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            Refuse(twice.Last().Value, Rules.Field, $"'{twice.Key}' stands here twice. Write it once.");
        }
    }

    public Node Place => map;

    /// <summary>The fields of a node; null, and noted, when it is no object.</summary>
    public static Fields? Of(Node node, ICollection<PlanFinding> findings)
    {
        if (node is MapNode map)
        {
            return new Fields(map, findings);
        }

        findings.Add(new PlanFinding(node.Line, node.Path, Rules.Value, $"This is {node.Kind}. Write an object."));
        return null;
    }

    public void Refuse(Node at, string rule, string message) => findings.Add(new PlanFinding(at.Line, at.Path, rule, message));

    /// <summary>Whether a field is there.</summary>
    public bool Has(string name) => map.Find(name) is not null;

    /// <summary>A field's value; null when it is not there.</summary>
    public Node? Node(string name)
    {
        known.Add(name);
        return map.Find(name);
    }

    /// <summary>A field's value; noted when it is not there.</summary>
    public Node? Required(string name)
    {
        var node = Node(name);
        if (node is null)
        {
            findings.Add(new PlanFinding(map.Line, Reading.Node.PathOf(map.Path, name), Rules.Missing, $"'{name}' is missing here."));
        }

        return node;
    }

    public string? Text(string name, bool required = false)
    {
        var node = required ? Required(name) : Node(name);
        if (node is ScalarNode { Text.Length: > 0 } scalar)
        {
            return scalar.Text;
        }

        if (node is not null)
        {
            Refuse(node, Rules.Value, $"'{name}' is {node.Kind}. Write a text of one character or more.");
        }

        return null;
    }

    public int? Whole(string name, int least, int most, bool required = false)
    {
        var node = required ? Required(name) : Node(name);
        if (node is ScalarNode { Value: { } value } && value.TryGetValue(out long number) && number >= least && number <= most)
        {
            return (int)number;
        }

        if (node is not null)
        {
            Refuse(
                node,
                Rules.Value,
                string.Create(CultureInfo.InvariantCulture, $"'{name}' is {node.Kind}. Write a whole number from {least} to {most}.")
            );
        }

        return null;
    }

    public bool Flag(string name)
    {
        var node = Node(name);
        if (node is ScalarNode { Value: { } value } && value.TryGetValue(out bool flag))
        {
            return flag;
        }

        if (node is not null)
        {
            Refuse(node, Rules.Value, $"'{name}' is {node.Kind}. Write true or false.");
        }

        return false;
    }

    public TimeSpan? Duration(string name)
    {
        var node = Node(name);
        if (node is not ScalarNode { Text: { } text } || !Durations.TryRead(text, out var time))
        {
            if (node is not null)
            {
                Refuse(node, Rules.Value, $"'{name}' is {node.Kind} in another form. Write {Durations.Form}.");
            }

            return null;
        }

        if (time <= TimeSpan.FromDays(MostDays))
        {
            return time;
        }

        Refuse(node, Rules.Value, string.Create(CultureInfo.InvariantCulture, $"'{name}' is longer than {MostDays}d. Write less."));
        return null;
    }

    public string? Word(string name, params string[] words)
    {
        var node = Node(name);
        if (node is ScalarNode { Text: { } text } && words.Contains(text))
        {
            return text;
        }

        if (node is not null)
        {
            Refuse(node, Rules.Value, $"'{name}' is another word. Write one of: {string.Join(", ", words)}.");
        }

        return null;
    }

    public IReadOnlyList<Node> List(string name, bool required = false)
    {
        var node = required ? Required(name) : Node(name);
        if (node is ListNode list)
        {
            return list.Items;
        }

        if (node is not null)
        {
            Refuse(node, Rules.Value, $"'{name}' is {node.Kind}. Write a list.");
        }

        return [];
    }

    public string[] Texts(string name)
    {
        var texts = List(name);
        foreach (var other in texts.Where(text => text is not ScalarNode { Text.Length: > 0 }))
        {
            Refuse(other, Rules.Value, $"This is {other.Kind}. Write a text.");
        }

        return [.. texts.OfType<ScalarNode>().Select(text => text.Text).OfType<string>()];
    }

    public Fields? Object(string name, bool required = false)
    {
        var node = required ? Required(name) : Node(name);
        return node is null ? null : Of(node, findings);
    }

    /// <summary>The members as they stand, all of them known.</summary>
    public IReadOnlyList<Member> All()
    {
        known.UnionWith(map.Members.Select(member => member.Name));
        return map.Members;
    }

    /// <summary>Notes the fields that nobody has asked for.</summary>
    public void NoOthers()
    {
        foreach (var member in map.Members.Where(member => !known.Contains(member.Name)))
        {
            findings.Add(
                new PlanFinding(
                    member.Line,
                    member.Value.Path,
                    Rules.Field,
                    $"There is no field '{member.Name}' here. There are: {string.Join(", ", known.Order(StringComparer.Ordinal))}."
                )
            );
        }
    }
}
