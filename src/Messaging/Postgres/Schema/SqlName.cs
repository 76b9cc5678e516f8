using System.Text.RegularExpressions;

namespace SagaOrchestrator.Messaging.Postgres.Schema;

/// <summary>A name that stands in SQL as it is.</summary>
public static partial class SqlName
{
    /// <summary>Refuses what Postgres would read as another name, or not at all.</summary>
    /// <param name="name">A schema or a role.</param>
    /// <param name="what">What it is and where it was given, for the message.</param>
    /// <exception cref="InvalidOperationException">It is not such a name; the message says what is.</exception>
    public static void Check(string name, string what)
    {
        if (!Pattern().IsMatch(name))
        {
            throw new InvalidOperationException(
                $"'{name}' cannot be {what}. Use lower-case letters, digits and underscores, beginning with a letter, at most 63: for "
                    + $"example 'bookings'."
            );
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
