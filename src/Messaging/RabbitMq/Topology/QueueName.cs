using System.Text.RegularExpressions;

namespace SagaOrchestrator.Messaging.RabbitMq.Topology;

/// <summary>
/// The name of a service's queue, which is part of other names: its dead-letter queues, its policy, its user's permissions.
/// </summary>
public static partial class QueueName
{
    private static readonly string[] Taken = [".dead-letter", ".incoming", ".dead-letter-index", ".dead-letter-lock"];

    /// <summary>Refuses what cannot be such a name.</summary>
    /// <param name="name">The queue.</param>
    /// <param name="what">What it is and where it was given, for the message.</param>
    /// <exception cref="InvalidOperationException">It is not such a name; the message says what is.</exception>
    public static void Check(string name, string what)
    {
        if (!Pattern().IsMatch(name) || Taken.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)))
        {
            throw new InvalidOperationException(
                $"'{name}' cannot be {what}. Use letters, digits, '-', '_' and '.', beginning with a letter, at most 100, and no ending "
                    + $"{string.Join(" or ", Taken.Select(ending => $"'{ending}'"))}: for example 'bookings'."
            );
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_.-]{0,99}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
