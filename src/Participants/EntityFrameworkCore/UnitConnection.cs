using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace SagaOrchestrator.Participants.EntityFrameworkCore;

/// <summary>
/// Gives a context the connection and transaction of a unit, and its own connection back. A context from a pool goes on to other work.
/// </summary>
internal sealed class UnitConnection
{
    private readonly DbContext db;
    private readonly string? connectionString;
    private readonly bool makesSavepoints;

    private UnitConnection(DbContext db) =>
        (this.db, connectionString, makesSavepoints) = (db, db.Database.GetConnectionString(), db.Database.AutoSavepointsEnabled);

    public static async Task<UnitConnection> Enter(DbContext db, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        Check(db);
        var own = new UnitConnection(db);
        db.Database.SetDbConnection(transaction.Connection, contextOwnsConnection: false);
        await db.Database.UseTransactionAsync(transaction, cancellationToken);
        return own;
    }

    /// <summary>Refuses a context that cannot be given a unit's transaction.</summary>
    /// <exception cref="InvalidOperationException">The message says what to change.</exception>
    public static void Check(DbContext db)
    {
        if (!db.Database.IsNpgsql())
        {
            throw Refused(
                db,
                $"is for {db.Database.ProviderName}, but a step writes to the participant's Postgres. Register it with UseNpgsql"
            );
        }

        if (
            db.GetService<IDbContextOptions>()
                .Extensions.OfType<RelationalOptionsExtension>()
                .Any(options => options.Connection is not null)
        )
        {
            throw Refused(
                db,
                "is registered with a connection of its own, which a step cannot replace. Register it with a connection string or a data "
                    + "source"
            );
        }

        if (db.Database.CurrentTransaction is not null)
        {
            throw Refused(db, "has begun a transaction, but a step writes in the kit's. Commit it before, or let it be");
        }
    }

    /// <summary>Takes the unit's connection away.</summary>
    /// <param name="isSaved">Whether what the context tracks is in the transaction. Else it forgets it.</param>
    public void Leave(bool isSaved)
    {
        if (!isSaved)
        {
            db.ChangeTracker.Clear();
        }

        db.Database.AutoSavepointsEnabled = makesSavepoints;
        db.Database.UseTransaction(null);
        // What the step has opened and not closed would hold it.
        db.Database.CloseConnection();
        db.Database.SetDbConnection(null);
        // One with a data source has it still.
        if (db.Database.GetConnectionString() is null)
        {
            db.Database.SetConnectionString(connectionString);
        }
    }

    private static InvalidOperationException Refused(DbContext db, string why) => new($"{db.GetType().Name} {why}.");
}
