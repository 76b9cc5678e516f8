using Npgsql;

namespace SagaOrchestrator.Messaging.Postgres.Databases;

/// <summary>A service's database, opened with the settings that the message path needs.</summary>
public sealed class ServiceDatabase : IAsyncDisposable, IDisposable
{
    // A client that is gone without a word keeps its locks until its server notices: in half a minute, where it would be two hours.
    private const string GoneClients = "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 ";

    // A group does not wait longer for a row that one of its units writes; then each of them is written alone.
    private const string LockTimeout = "-c lock_timeout=3s ";

    // Who is written alone for that reason must not keep the others from it.
    private const string ShortLockTimeout = "-c lock_timeout=200ms ";

    private readonly HostStates? hosts;

    private ServiceDatabase(NpgsqlDataSource source, NpgsqlDataSource groups, NpgsqlDataSource impatient, TimeProvider clock)
    {
        (Source, Groups, Impatient) = (source, groups, impatient);
        hosts = HostStates.Watch(clock, source, groups, impatient);
    }

    /// <summary>Connections for everything.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>
    /// Connections for statements that work on whole groups, whose keys come as arrays. Their plans are made once, when the tables may
    /// still be empty, and must be right for full ones: look up each key by its index, in the order given, which is the order of locking.
    /// </summary>
    public NpgsqlDataSource Groups { get; }

    /// <summary>The same for a unit that may write a row that somebody holds: it hardly waits.</summary>
    internal NpgsqlDataSource Impatient { get; }

    /// <summary>Opens it. Connections are made when they are needed.</summary>
    /// <param name="connection">Where the database is. What it says goes before the defaults here.</param>
    /// <param name="leavesHeldRows">
    /// Whether a group stops waiting for a row that somebody holds, so that only the unit that wants it fails: for rows that one unit at a
    /// time wants, such as sagas. Where many want one row, such as a product's stock, they wait for one another as they must.
    /// </param>
    /// <param name="loadsTypes">Whether somebody may use types that the database's owner has made, such as a team in its steps.</param>
    public static ServiceDatabase Open(DatabaseConnection connection, bool leavesHeldRows = false, bool loadsTypes = true) =>
        Open(connection, TimeProvider.System, leavesHeldRows, loadsTypes);

    internal static ServiceDatabase Open(
        DatabaseConnection connection,
        TimeProvider clock,
        bool leavesHeldRows = false,
        bool loadsTypes = true
    ) =>
        new(
            connection.Source(Settings(connection.Text), loadsTypes),
            connection.Source(ForGroups(connection.Text, leavesHeldRows ? LockTimeout : string.Empty), loadsTypes),
            connection.Source(ForGroups(connection.Text, ShortLockTimeout), loadsTypes),
            clock
        );

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        hosts?.Dispose();
        await Groups.DisposeAsync();
        await Impatient.DisposeAsync();
        await Source.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        hosts?.Dispose();
        Groups.Dispose();
        Impatient.Dispose();
        Source.Dispose();
    }

    private static NpgsqlConnectionStringBuilder ForGroups(string connectionString, string lockTimeout)
    {
        var settings = Settings(connectionString);
        settings.Options =
            lockTimeout
            + settings.Options
            + " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";
        settings.MaxPoolSize = 4;
        return settings;
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var settings = new NpgsqlConnectionStringBuilder
        {
            // A reset at each return to the pool is a transaction of its own, and nothing here changes a session.
            NoResetOnClose = true,
            // The statements are few and always the same.
            MaxAutoPrepare = 100,
            // Most units share a connection; these are for those that read first, and for queries.
            MaxPoolSize = 30,
            KeepAlive = 10,
            // In milliseconds: how long a statement that is interrupted may take to end, before its connection is given up.
            CancellationTimeout = 1000,
        };
        foreach (var key in given.Keys)
        {
            settings[key] = given[key];
        }

        settings.Options = GoneClients + given.Options;
        return settings;
    }
}
