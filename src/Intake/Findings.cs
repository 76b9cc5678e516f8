using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SagaOrchestrator.Intake;

/// <summary>Where a check stands in its document, and what it has found.</summary>
internal sealed class Findings(IntakeLimits limits, int most, bool takesSealed = false)
{
    private readonly List<Segment> path = [];
    private readonly List<Refusal> refusals = [];

    public IntakeLimits Limits => limits;

    /// <summary>Whether a marked member may be encrypted.</summary>
    public bool TakesSealed => takesSealed;

    public IReadOnlyList<Refusal> Refusals => refusals;

    public bool IsEmpty => refusals.Count == 0;

    public void Enter(string name) => path.Add(new Segment(name, 0));

    public void Enter(int index) => path.Add(new Segment(null, index));

    public void Leave() => path.RemoveAt(path.Count - 1);

    public void Refuse(string expected, string got)
    {
        if (refusals.Count < most)
        {
            refusals.Add(new Refusal(Path(), expected, got));
        }
    }

    /// <summary>Passes over a value whose content does not matter any more, since it is refused.</summary>
    public void Skip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var depth = reader.CurrentDepth;
            while (reader.Read() && reader.CurrentDepth > depth)
            {
                ThrowIfTooDeep(ref reader);
            }
        }
    }

    /// <summary>Ends the check of a document that no reader behind could take.</summary>
    public void ThrowIfTooDeep(ref Utf8JsonReader reader)
    {
        // The reader counts what is around an object or a list, and not itself.
        var levels = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);
        if (levels > limits.Depth)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"at most {limits.Depth} levels of objects and lists"), "more levels");
            throw new TooDeepException();
        }
    }

    private string Path()
    {
        var text = new StringBuilder();
        foreach (var segment in path)
        {
            if (segment.Name is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{segment.Index}]");
            }
            else
            {
                text.Append(text.Length == 0 ? string.Empty : ".").Append(segment.Name);
            }
        }

        return text.ToString();
    }

    private readonly record struct Segment(string? Name, int Index);
}

/// <summary>Ends a check; the refusal is noted.</summary>
internal sealed class TooDeepException : Exception;
