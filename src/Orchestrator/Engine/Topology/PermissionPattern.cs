namespace SagaOrchestrator.Engine.Topology;

/// <summary>
/// The patterns by which RabbitMQ gives a user rights, as the definitions write them: <c>^(one|another)$</c>. What somebody else wrote
/// stays as it is.
/// </summary>
internal static class PermissionPattern
{
    private const string Nothing = "^$";

    /// <summary>A pattern that matches what either does. It is the first itself when that matches all of the second.</summary>
    /// <param name="present">What the user has.</param>
    /// <param name="wanted">What the user is to have.</param>
    public static string United(string present, string wanted)
    {
        if (wanted is Nothing || present == wanted)
        {
            return present;
        }

        if (present is Nothing or "")
        {
            return wanted;
        }

        if (Names(present) is not { } has || Names(wanted) is not { } needs)
        {
            return Alternatives(present).Contains(wanted) ? present : $"{present}|{wanted}";
        }

        var more = needs.Except(has, StringComparer.Ordinal).ToList();
        return more.Count == 0 ? present : $"^({string.Join('|', has.Concat(more))})$";
    }

    // Null for a pattern of another form.
    private static List<string>? Names(string pattern)
    {
        if (pattern is not ['^', .. var inner, '$'] || Alternatives(pattern).Count > 1 || inner.Contains('['))
        {
            return null;
        }

        return [.. Spread(inner).Distinct(StringComparer.Ordinal)];
    }

    // (a|b)c is ac|bc. A group that may be left out is not spread.
    private static IEnumerable<string> Spread(string pattern)
    {
        if (pattern is not ['(', ..] || EndOfGroup(pattern) is not { } end || pattern[(end + 1)..] is ['?' or '*' or '+' or '{', ..])
        {
            return [pattern];
        }

        return Alternatives(pattern[1..end]).SelectMany(first => Spread(first)).Select(first => first + pattern[(end + 1)..]);
    }

    private static List<string> Alternatives(string pattern)
    {
        var found = new List<string>();
        var (depth, start) = (0, 0);
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case '|' when depth == 0:
                    found.Add(pattern[start..at]);
                    start = at + 1;
                    break;
            }
        }

        found.Add(pattern[start..]);
        return found;
    }

    private static int? EndOfGroup(string pattern)
    {
        var depth = 0;
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return at;
            }
        }

        return null;
    }
}
