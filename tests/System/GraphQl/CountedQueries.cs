using System.Collections.Concurrent;
using System.Diagnostics;

namespace SagaOrchestrator.Tests.GraphQl;

/// <summary>The commands that go to Postgres for one request, told by its trace.</summary>
internal sealed class CountedQueries : IDisposable
{
    private readonly ConcurrentQueue<string> statements = new();
    private readonly ActivityTraceId trace = ActivityTraceId.CreateRandom();
    private readonly ActivityListener listener;

    public CountedQueries()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Count,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>The header that gives a request its trace.</summary>
    public string TraceParent => $"00-{trace}-{ActivitySpanId.CreateRandom()}-01";

    public IReadOnlyList<string> Statements => [.. statements];

    public void Dispose() => listener.Dispose();

    private void Count(Activity activity)
    {
        if (activity.Source.Name == "Npgsql" && activity.TraceId == trace)
        {
            statements.Enqueue(
                activity.GetTagItem("db.query.text") as string ?? activity.GetTagItem("db.statement") as string ?? activity.DisplayName
            );
        }
    }
}
