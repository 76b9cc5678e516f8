using System.Text.RegularExpressions;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Messaging.RabbitMq.Topology;

/// <summary>
/// The name of a service's queue, which is part of other names: its dead-letter queues, its policy, its user's permissions.
/// </summary>
public static partial class QueueName
{
    private static readonly string[] Taken = [".dead-letter", ".incoming", ".dead-letter-index", ".dead-letter-lock"];

    // Of exchanges, of the queues that clients and RabbitMQ make.
    private static readonly string[] Others = [Queues.ExchangeOf(string.Empty), "listener.", "amq."];

    /// <summary>Refuses what cannot be such a name.</summary>
    /// <param name="name">The queue.</param>
    /// <param name="what">What it is and where it was given, for the message.</param>
    /// <exception cref="InvalidOperationException">It is not such a name; the message says what is.</exception>
    public static void Check(string name, string what)
    {
        if (
            !Pattern().IsMatch(name)
            || Taken.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
            || Others.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal))
        )
        {
            throw new InvalidOperationException(
                $"'{name}' cannot be {what}. Use letters, digits, '-', '_' and '.', beginning with a letter, at most 100, no ending "
                    + $"{Listed(Taken)}, and no beginning {Listed(Others)}: for example 'bookings'."
            );
        }
    }

    private static string Listed(IEnumerable<string> parts) => string.Join(" or ", parts.Select(part => $"'{part}'"));

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_.-]{0,99}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
