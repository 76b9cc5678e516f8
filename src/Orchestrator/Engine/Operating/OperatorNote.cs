namespace SagaOrchestrator.Engine.Operating;

/// <summary>Who acts, and why. Both are kept, in the saga's history and in the operators' log.</summary>
public sealed record OperatorNote
{
    private const int LongestWho = 100;
    internal const int LongestWhy = 500;
    private const int LongestOrigin = 100;

    private readonly string? origin;

    /// <param name="who">The operator, 1 to 100 characters.</param>
    /// <param name="why">The reason, 1 to 500 characters.</param>
    /// <exception cref="ArgumentException">One of them is empty or too long.</exception>
    public OperatorNote(string who, string why)
    {
        Who = Checked(who, LongestWho, nameof(who));
        Why = Checked(why, LongestWhy, nameof(why));
    }

    /// <summary>The operator.</summary>
    public string Who { get; }

    /// <summary>The reason.</summary>
    public string Why { get; }

    /// <summary>The address that the request came from, at most 100 characters; null where none is known.</summary>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public string? Origin
    {
        get => origin;
        init => origin = value is null ? null : Checked(value, LongestOrigin, nameof(value));
    }

    /// <summary>
    /// The versions of the saga at which an action on it is done. At any other it is refused with the code <c>saga-changed</c>, and nothing
    /// is changed. Null for whichever version there is. Bulk jobs, breakers and dead letters do not look at it.
    /// </summary>
    public IReadOnlyList<long>? OnlyAt { get; init; }

    private static string Checked(string text, int most, string name) =>
        text is { Length: > 0 } && text.EnumerateRunes().Count() <= most
            ? text
            : throw new ArgumentException($"Give 1 to {most} characters.", name);
}
