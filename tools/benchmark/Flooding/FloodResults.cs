using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>Everything that was measured, and how.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Machine">Where it was.</param>
/// <param name="Servers">What the servers are.</param>
/// <param name="Runtime">The runtime's settings.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Calm">The healthy sagas before the first flood.</param>
/// <param name="CalmAfter">The same after the last one.</param>
/// <param name="Rows">The floods.</param>
internal sealed record FloodResults(
    DateTimeOffset At,
    Machine Machine,
    ServerSettings Servers,
    IReadOnlyDictionary<string, string> Runtime,
    FloodOptions Options,
    Latency Calm,
    Latency CalmAfter,
    IReadOnlyList<FloodRow> Rows
);

/// <summary>One flood.</summary>
/// <param name="Course">How it went.</param>
/// <param name="Latency">The healthy sagas that were under way meanwhile.</param>
/// <param name="Later">Those of them that were started when the queue had been empty once: they did not come behind the flood. Null when
/// there are none.</param>
/// <param name="TimesCalm">The 95th percentile of all of them, in times of the calm.</param>
internal sealed record FloodRow(FloodCourse Course, Latency Latency, Latency? Later, double TimesCalm)
{
    public bool IsBearable => TimesCalm <= FloodOptions.MostTimesCalm;

    public bool IsRight => IsBearable && Course.Wrong.Count == 0;
}

/// <summary>How a flood went, in seconds since its first message.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Messages">How many messages it had.</param>
/// <param name="Sent">Until the broker had all of them.</param>
/// <param name="Passed">Until the queue was empty for the first time.</param>
/// <param name="DealtWith">Until the queue was empty, nothing waited, and each message was where it must be.</param>
/// <param name="MostWaiting">How many waited in the database at most, as far as was seen.</param>
/// <param name="Handled">How many were handled.</param>
/// <param name="DeadLetters">What dead letters there were.</param>
/// <param name="Wrong">What is not as it should be.</param>
internal sealed record FloodCourse(
    string Name,
    int Messages,
    double Sent,
    double Passed,
    double DealtWith,
    long MostWaiting,
    long Handled,
    IReadOnlyList<Letters> DeadLetters,
    IReadOnlyList<string> Wrong
)
{
    /// <summary>From its first message until it was dealt with.</summary>
    internal required Span Whole { get; init; }

    /// <summary>The same without the time until the queue was empty once.</summary>
    internal required Span Rest { get; init; }
}

/// <summary>The time between two moments of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
internal sealed record Span(long From, long Until);
