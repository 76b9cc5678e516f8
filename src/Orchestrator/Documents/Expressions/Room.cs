using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Documents.Expressions;

/// <summary>
/// How much JSON one template may make. An expression names a value many times in a few steps, and each time the value is written out.
/// </summary>
internal sealed class Room
{
    /// <summary>What a template makes is no longer.</summary>
    public const int MostCharacters = 1_000_000;

    // A value takes room even when it is written with one character.
    private const int Least = 16;

    private int characters;

    /// <summary>Counts a value, before it is made.</summary>
    /// <exception cref="ExpressionLimitException">There is no room for it.</exception>
    public void Take(int more)
    {
        characters = more > MostCharacters ? MostCharacters + 1 : characters + Math.Max(more, Least);
        if (characters > MostCharacters)
        {
            throw new ExpressionLimitException($"It makes JSON of more than {MostCharacters} characters.");
        }
    }

    /// <summary>Copies JSON as it is written.</summary>
    public JsonNode? Copy(JsonElement element)
    {
        Take(JsonMarshal.GetRawUtf8Value(element).Length);
        return JsonNode.Parse(element.GetRawText());
    }
}
