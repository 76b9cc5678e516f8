using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>
/// Fits what a step's code says to what a reply may hold: an exception's message can be of any length. A reply that the orchestrator
/// refused would let its step time out.
/// </summary>
internal static class ReplyText
{
    private const string Unnamed = "unnamed";
    private const string Cut = " …";

    public static string Code(string? code) => string.IsNullOrWhiteSpace(code) ? Unnamed : Fit(code, ReplyTexts.LongestCode, string.Empty);

    public static string Reason(string? reason) => Fit(reason ?? string.Empty, ReplyTexts.LongestReason, Cut);

    public static string? Note(string? note) => note is null ? null : Reason(note);

    private static string Fit(string text, int most, string cut)
    {
        // A NUL cannot be stored. Half of a surrogate pair is replaced as the text is written.
        text = text.Replace('\0', '\uFFFD');
        if (text.Length <= most)
        {
            return text;
        }

        var end = most - cut.Length;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + cut;
    }
}
