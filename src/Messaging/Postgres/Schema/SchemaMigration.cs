namespace SagaOrchestrator.Messaging.Postgres.Schema;

/// <summary>What brings a host's schema up to date: the verb <c>migrate</c>.</summary>
/// <param name="ConnectionString">Connects as a role that may change tables; null when none is given.</param>
/// <param name="Schema">The schema.</param>
/// <param name="Role">The service's role, granted the use of the tables.</param>
/// <param name="Scripts">The scripts, in order.</param>
/// <param name="Missing">What the host lacks to be run, because only the migrator's connection string is given; null for nothing.</param>
public sealed record SchemaMigration(
    string? ConnectionString,
    string Schema,
    string Role,
    IReadOnlyList<SchemaScript> Scripts,
    string? Missing = null
)
{
    /// <summary>The verb, as the first argument of a host's program.</summary>
    public const string Verb = "migrate";

    /// <summary>Stands for the service's own connection string, where there is none: nothing connects.</summary>
    public const string Nowhere = "Host=none";

    /// <summary>Brings the schema up to date, and says so. Waits for a database that is not there yet.</summary>
    /// <param name="output">Takes the line.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">No role that may do so is given, or the database never was there.</exception>
    public async Task Apply(TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        var applied = await Migrate(cancellationToken);
        await output.WriteLineAsync($"The schema '{Schema}' is up to date: {Scripts.Count} scripts, {applied.Count} of them applied now.");
    }

    internal async Task<IReadOnlyList<string>> Migrate(CancellationToken cancellationToken)
    {
        if (ConnectionString is not { } migrator)
        {
            throw new InvalidOperationException(
                "The connection string 'Migrator' is missing. Set ConnectionStrings__Migrator, a role that may change tables: "
                    + "Host=...;Port=...;Database=...;Username=...;Password=..."
            );
        }

        IReadOnlyList<string> applied = [];
        await Startup.WhenPossible(
            async () => applied = await SchemaMigrator.Migrate(migrator, Schema, Role, Scripts, cancellationToken),
            cancellationToken
        );
        return applied;
    }

    /// <summary>Refuses to run a host that was only given what migrating needs.</summary>
    /// <exception cref="InvalidOperationException">It was; the message names the key.</exception>
    public void CheckRuns()
    {
        if (Missing is not null)
        {
            throw new InvalidOperationException(Missing);
        }
    }
}
