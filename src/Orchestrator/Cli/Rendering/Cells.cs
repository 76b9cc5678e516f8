using Spectre.Console;

namespace SagaOrchestrator.Cli.Rendering;

/// <summary>Parts of tables. None takes markup, so that no text from elsewhere is taken for it.</summary>
internal static class Cells
{
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Busy = new(Color.Blue);
    private static readonly Style Turning = new(Color.Yellow);
    private static readonly Style Bad = new(Color.Red);
    private static readonly Style Parked = new(Color.Magenta);

    public static readonly Style Strong = new(decoration: Decoration.Bold);
    public static readonly Style Weak = new(decoration: Decoration.Dim);

    public static Text Of(string? text, Style? style = null) => new(Clean.Line(text), style ?? Style.Plain);

    public static Text Of(long? number) => new(number is { } value ? Words.Number(value) : string.Empty);

    /// <summary>A state in colour and word.</summary>
    public static Text State(string? word) => Of(word, StyleOf(word));

    public static Text When(DateTimeOffset? at, DateTimeOffset now) => new(Times.Both(at, now));

    public static Style StyleOf(string? word) =>
        word switch
        {
            "Completed" or "Done" or "Closed" or "Healthy" or "Finished" or "accepted" or "redriven" or "may" => Good,
            "Started" or "Pending" or "Running" or "HalfOpen" or "Executing" => Busy,
            "Compensating" or "Compensated" or "Degraded" or "Paused" or "Raised" or "Undone" => Turning,
            "Failed" or "Open" or "Unhealthy" or "Stopped" or "stopped" or "Refused" or "Rejected" or "Critical" or "UndoneExcept" => Bad,
            "Parked" or "Unknown" or "waiting" => Parked,
            _ => Style.Plain,
        };
}
