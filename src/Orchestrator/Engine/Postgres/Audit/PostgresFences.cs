using System.Data.Common;
using System.Globalization;
using Npgsql;
using SagaOrchestrator.Engine.Audit;
using SagaOrchestrator.Engine.Audit.Rules;
using SagaOrchestrator.Engine.Audit.Running;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Schema;

namespace SagaOrchestrator.Engine.Postgres.Audit;

/// <summary>
/// The tables <c>fence</c> of participants, over a connection that cannot write. They are those of the kit, or of fence.sql.
/// </summary>
internal sealed class PostgresFences : IFences, IAsyncDisposable, IDisposable
{
    private readonly Dictionary<string, string> schemas;
    private readonly ReadDatabase? reads;
    private readonly HashSet<string> unreadable = new(StringComparer.Ordinal);

    private PostgresFences(ReadDatabase? reads, Dictionary<string, string> schemas) => (this.reads, this.schemas) = (reads, schemas);

    /// <param name="connection">Where the tables are; null when none can be read.</param>
    /// <param name="options">Whose they are.</param>
    public static PostgresFences Open(DatabaseConnection? connection, AuditOptions options)
    {
        var named = options.Fences.Select(Named).ToDictionary(StringComparer.Ordinal);
        if (connection is null && named.Count > 0)
        {
            throw new InvalidOperationException(
                "The setting Audit:Fences names participants, and there is no connection string 'Fences' to read their fences with. Set "
                    + "ConnectionStrings__Fences, or leave Audit:Fences out."
            );
        }

        return new PostgresFences(connection is null ? null : ReadDatabase.Open(connection, "public"), named);
    }

    public bool Has(string participant) => schemas.ContainsKey(participant) && !unreadable.Contains(participant);

    public bool IsUnreadable(string participant) => unreadable.Contains(participant);

    public async Task<IReadOnlyList<Finding>> Look(CancellationToken cancellationToken)
    {
        unreadable.Clear();
        var findings = new List<Finding>();
        foreach (var (participant, schema) in schemas)
        {
            try
            {
                await Try($"select saga_id, step, do_state, undo_state from {schema}.fence limit 0", cancellationToken);
                if (await KeepsMessages(schema, cancellationToken))
                {
                    await Try($"select message_id from {schema}.waiting_message limit 0", cancellationToken);
                }
            }
            catch (DbException exception) when (!cancellationToken.IsCancellationRequested)
            {
                unreadable.Add(participant);
                findings.Add(FenceRules.Unreadable(participant, schema, exception.Message));
            }
        }

        return findings;
    }

    public async Task<IReadOnlyDictionary<(Guid Saga, string Step), FenceRow>> Read(
        string participant,
        IReadOnlyList<Guid> sagas,
        CancellationToken cancellationToken
    )
    {
        await using var command = reads!.Source.CreateCommand(
            $"select saga_id, step, do_state, undo_state from {schemas[participant]}.fence where saga_id = any ($1)"
        );
        command.Parameters.Add(SqlValue.Ids([.. sagas]));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<(Guid, string), FenceRow>();
        while (await row.ReadAsync(cancellationToken))
        {
            found.Add((row.GetGuid(0), row.GetString(1)), new FenceRow(row.GetString(2), row.GetString(3)));
        }

        return found;
    }

    public async Task<IReadOnlySet<Guid>> Waiting(string participant, IReadOnlyList<Guid> messages, CancellationToken cancellationToken)
    {
        var found = new HashSet<Guid>();
        var schema = schemas[participant];
        if (!await KeepsMessages(schema, cancellationToken))
        {
            return found;
        }

        await using var command = reads!.Source.CreateCommand(
            $"select message_id from {schema}.waiting_message where message_id = any ($1)"
        );
        command.Parameters.Add(SqlValue.Ids([.. messages]));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            found.Add(row.GetGuid(0));
        }

        return found;
    }

    public ValueTask DisposeAsync() => reads?.DisposeAsync() ?? ValueTask.CompletedTask;

    public void Dispose() => reads?.Dispose();

    private async Task Try(string text, CancellationToken cancellationToken)
    {
        await using var command = reads!.Source.CreateCommand(text);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // A participant without the kit does not.
    private async Task<bool> KeepsMessages(string schema, CancellationToken cancellationToken)
    {
        await using var command = reads!.Source.CreateCommand($"select to_regclass('{schema}.waiting_message') is not null");
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static KeyValuePair<string, string> Named(string setting, int index)
    {
        var (participant, schema) = setting.Split('=', 2) is [var left, var right] ? (left, right) : (setting, setting);
        SqlName.Check(schema, string.Create(CultureInfo.InvariantCulture, $"the schema in the setting Audit:Fences:{index}"));
        return new(participant, schema);
    }
}
