namespace SagaOrchestrator.Intake;

/// <summary>Why something that came in is not taken. It never holds the value itself: that may be a secret.</summary>
/// <param name="Path">Where, for example <c>items[0].quantity</c>; empty for the whole.</param>
/// <param name="Expected">What would be right there, for example <c>a whole number from 1 to 1000000</c>.</param>
/// <param name="Got">What is there, by its kind and size, for example <c>a string of 3 characters</c>.</param>
public sealed record Refusal(string Path, string Expected, string Got)
{
    /// <summary>The refusal in a sentence, without its path.</summary>
    public string Sentence => $"Expected {Expected}, got {Got}.";

    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Sentence : $"{Path}: {Sentence}";
}
