using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Loading;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Saga rows and history in Postgres, read and written in groups.</summary>
internal sealed class PostgresSagaStore : ISagaStore
{
    private readonly string loadSql;
    private readonly string countUndoingSql;
    private readonly ServiceDatabase database;
    private readonly DatabaseClock clock;
    private readonly GroupReader<Guid, StoredSaga> reader;
    private readonly UndoingCounts undoing;

    public PostgresSagaStore(ServiceDatabase database, OrchestratorNames names, DatabaseClock clock)
    {
        loadSql = $"select {StoredSaga.Columns} from unnest($1) as wanted (id) left join {names.Schema}.saga s on s.id = wanted.id";
        countUndoingSql =
            $"select count(*)::int from (select 1 from {names.Schema}.saga where undoing = $1 and ended_at is null limit $2) as found";
        (this.database, this.clock) = (database, clock);
        reader = new GroupReader<Guid, StoredSaga>(ids => Load(database.Groups, clock, ids));
        undoing = new UndoingCounts(QueryUndoing);
    }

    public async Task<LoadedSaga> Load(Guid sagaId, CancellationToken cancellationToken) =>
        (await reader.Read(sagaId, cancellationToken))!.Read();

    public async Task<IReadOnlyList<LoadedSaga>> Load(IReadOnlyCollection<Guid> sagaIds, CancellationToken cancellationToken)
    {
        var stored = await Load(database.Groups, clock, sagaIds).WaitAsync(cancellationToken);
        return [.. stored.Values.Select(one => one.Read()).Where(one => one.Saga is not null)];
    }

    public Task Write(CommitScope scope, SagaInstance saga, Guid? messageId, CancellationToken cancellationToken)
    {
        ((GroupScope)scope).Put(new SagaGroupRow(saga));
        return Task.CompletedTask;
    }

    public Task<int> CountUndoing(string participant, int limit, CancellationToken cancellationToken) =>
        undoing.Count(participant, limit, cancellationToken);

    private async Task<int> QueryUndoing(string participant, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(countUndoingSql);
        command.Parameters.Add(new NpgsqlParameter { Value = participant });
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<IReadOnlyDictionary<Guid, StoredSaga>> Load(
        NpgsqlDataSource database,
        DatabaseClock clock,
        IReadOnlyCollection<Guid> ids
    )
    {
        await using var command = database.CreateCommand(loadSql);
        command.Parameters.Add(SqlValue.Array(ids.ToArray(), NpgsqlDbType.Uuid));
        await using var row = await command.ExecuteReaderAsync();
        var loaded = new Dictionary<Guid, StoredSaga>(ids.Count);
        while (await row.ReadAsync())
        {
            var stored = StoredSaga.Of(row);
            loaded.Add(stored.Id, stored);
            clock.Heard(stored.Now);
        }

        return loaded;
    }
}
