namespace SagaOrchestrator.Explanations.Facts;

/// <summary>With which values the plan decides where it reads marked ones.</summary>
public enum MarkedValues
{
    /// <summary>With those of the saga, or it has none.</summary>
    Known,

    /// <summary>With empty ones, as it will: the saga's subject is forgotten.</summary>
    Forgotten,

    /// <summary>With empty ones for this explanation alone: the values cannot be read here and now.</summary>
    Unread,
}

/// <summary>Says with which values a plan decides.</summary>
public static class MarkedValuesSentence
{
    /// <summary>In a sentence; null when it goes without saying.</summary>
    /// <param name="values">With which.</param>
    public static string? Sentence(this MarkedValues values) =>
        values switch
        {
            MarkedValues.Forgotten => "Its subject is forgotten: where the plan reads a marked value, an empty one decides.",
            MarkedValues.Unread => "Its marked values cannot be read now: where the plan reads one, this says what an empty one decides.",
            _ => null,
        };
}
