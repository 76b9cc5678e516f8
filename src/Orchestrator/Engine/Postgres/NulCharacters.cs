namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Text of our own that Postgres cannot store, such as what an exception says. What comes in is refused before.</summary>
internal static class NulCharacters
{
    /// <summary>The same document with NUL characters replaced, as Postgres can store it.</summary>
    public static string Replaced(string json)
    {
        const string escaped = @"\u0000";
        for (
            var at = json.IndexOf(escaped, StringComparison.Ordinal);
            at >= 0;
            at = json.IndexOf(escaped, at + 1, StringComparison.Ordinal)
        )
        {
            // After an odd number of backslashes this one is itself escaped, and what follows is plain text.
            var before = at - json.AsSpan(0, at).TrimEnd('\\').Length;
            if (before % 2 == 0)
            {
                json = string.Concat(json.AsSpan(0, at), @"\ufffd", json.AsSpan(at + escaped.Length));
            }
        }

        return json;
    }
}
