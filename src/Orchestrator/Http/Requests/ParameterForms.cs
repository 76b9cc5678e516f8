namespace SagaOrchestrator.Http.Requests;

/// <summary>
/// Says of a query parameter what it may be, for the description of the API. <see cref="ParameterReader"/> is what holds it to it.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal abstract class ParameterFormAttribute : Attribute;

/// <summary>A whole number.</summary>
internal sealed class WholeNumberAttribute(long least, long most) : ParameterFormAttribute
{
    public long Least => least;

    public long Most => most;

    /// <summary>What it is when it is left out; less than the least for nothing.</summary>
    public long Usual { get; set; } = long.MinValue;
}

/// <summary>A point in time, or a day.</summary>
internal sealed class TimeAttribute : ParameterFormAttribute;

/// <summary>A length of time like 30s, 5m, 2h or 1d.</summary>
internal sealed class DurationAttribute : ParameterFormAttribute;

/// <summary>true or false.</summary>
internal sealed class FlagAttribute : ParameterFormAttribute;

/// <summary>An id.</summary>
internal sealed class IdAttribute : ParameterFormAttribute;

/// <summary>One of a few words.</summary>
internal sealed class WordAttribute(params string[] words) : ParameterFormAttribute
{
    public IReadOnlyList<string> Words => words;
}

/// <summary>Several values, separated by commas.</summary>
internal sealed class SeveralAttribute : ParameterFormAttribute
{
    public SeveralAttribute() { }

    /// <param name="words">The enumeration whose names they are.</param>
    /// <param name="except">Those of its names that they are not.</param>
    public SeveralAttribute(Type words, params string[] except) => Words = [.. Enum.GetNames(words).Except(except)];

    /// <param name="words">What each is one of.</param>
    public SeveralAttribute(params string[] words) => Words = words;

    /// <summary>What each is one of; none for any.</summary>
    public IReadOnlyList<string> Words { get; } = [];
}
