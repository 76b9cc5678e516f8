using Npgsql;

namespace SagaOrchestrator.Messaging.Postgres.Databases;

/// <summary>
/// Lets Npgsql forget what it knows of the hosts of a database when the wall clock is set. It believes what it has learned until a time on
/// that clock, and drops what seems older: after a failover, a process whose clock was set back would find no primary for as long.
/// </summary>
internal sealed class HostStates : IDisposable
{
    /// <summary>How often the clock is read.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A clock that is slewed moves by less.
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(1);

    private readonly NpgsqlMultiHostDataSource[] sources;
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private DateTimeOffset known;

    private HostStates(NpgsqlMultiHostDataSource[] sources, TimeProvider clock)
    {
        (this.sources, this.clock) = (sources, clock);
        known = Zero();
        timer = clock.CreateTimer(static state => ((HostStates)state!).Look(), this, Interval, Interval);
    }

    /// <summary>Watches the clock for those that have several hosts; null when none has.</summary>
    public static HostStates? Watch(TimeProvider clock, params NpgsqlDataSource[] sources) =>
        sources.OfType<NpgsqlMultiHostDataSource>().ToArray() is { Length: > 0 } withHosts ? new HostStates(withHosts, clock) : null;

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        var zero = Zero();
        if ((zero - known).Duration() < Jump)
        {
            return;
        }

        known = zero;
        foreach (var source in sources)
        {
            source.ClearDatabaseStates();
        }
    }

    // What the wall clock showed when the one that only counts began. It stays the same until the wall clock is set.
    private DateTimeOffset Zero() => clock.GetUtcNow() - clock.GetElapsedTime(0);
}
