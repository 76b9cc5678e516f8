namespace SagaOrchestrator.Documents.Expressions;

/// <summary>How much one evaluation may do and hold.</summary>
internal sealed class Budget
{
    /// <summary>Each part of an expression that is evaluated, and each entry that is gone over, is a step.</summary>
    public const int MostSteps = 10_000;

    /// <summary>A text that an expression makes is no longer.</summary>
    public const int MostCharacters = 20_000;

    private int steps;

    /// <summary>Counts steps.</summary>
    public void Spend(int more)
    {
        steps += more;
        if (steps > MostSteps)
        {
            throw new ExpressionLimitException($"The expression takes more than {MostSteps} steps.");
        }
    }

    /// <summary>Counts a list that an expression makes.</summary>
    public IReadOnlyList<object?> Held(IReadOnlyList<object?> list)
    {
        Spend(list.Count);
        return list;
    }

    /// <summary>Counts a value that is copied out of JSON.</summary>
    public object? Seen(object? value)
    {
        if (value is string text)
        {
            Look(text);
        }

        return value;
    }

    /// <summary>Counts the characters of a text that an expression looks through.</summary>
    public void Look(string text) => Spend(text.Length / 100);

    /// <summary>Counts a text that an expression makes.</summary>
    public string Held(string text)
    {
        Look(text);
        return text.Length <= MostCharacters
            ? text
            : throw new ExpressionLimitException($"The expression makes a text of more than {MostCharacters} characters.");
    }
}
