using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;

namespace SagaOrchestrator.Benchmarks.Soaking;

/// <summary>Everything that was measured, and how.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Machine">Where it was.</param>
/// <param name="Servers">What the servers are.</param>
/// <param name="Runtime">The runtime's settings.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Capacity">What the burst reached, in sagas a second; null when the rate was given.</param>
/// <param name="Rate">How many sagas were started a second.</param>
/// <param name="Wrong">What went wrong; null when all sagas ended as they should.</param>
/// <param name="Trends">The figures over the run.</param>
/// <param name="Samples">All samples.</param>
internal sealed record SoakResults(
    DateTimeOffset At,
    Machine Machine,
    ServerSettings Servers,
    IReadOnlyDictionary<string, string> Runtime,
    SoakOptions Options,
    double? Capacity,
    int Rate,
    string? Wrong,
    IReadOnlyList<Trend> Trends,
    IReadOnlyList<SoakSample> Samples
);
