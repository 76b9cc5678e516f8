using Npgsql;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Loading;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>
/// The keys of subjects in the table <c>subject_key</c>. Messages ask for them, so what many ask for at a time is one statement.
/// </summary>
internal sealed class PostgresSubjectKeys : ISubjectKeyStore
{
    private readonly NpgsqlDataSource database;
    private readonly NpgsqlDataSource groups;
    private readonly GroupReader<Wanted, WrappedDataKey> wanted;
    private readonly GroupReader<string, FoundKey> found;
    private readonly string addSql;
    private readonly string findSql;
    private readonly string rewrapSql;
    private readonly string wrappedBySql;
    private readonly string countOthersSql;
    private readonly string deleteSql;

    public PostgresSubjectKeys(ServiceDatabase service, OrchestratorNames names)
    {
        (database, groups) = (service.Source, service.Groups);
        (wanted, found) = (new GroupReader<Wanted, WrappedDataKey>(GetOrAddAll), new GroupReader<string, FoundKey>(FindAll));
        var keys = names.Schema + ".subject_key";
        var forgotten = names.Schema + ".forgotten_key";
        addSql = $"""
            with given as (
                select distinct on (subject) * from unnest($1::text[], $2::text[], $3::text[], $4::bytea[])
                    as asked (subject, id, wrapping_key, wrapped) order by subject),
            known as (select k.id, k.wrapping_key, k.wrapped, k.subject from given g join {keys} k on k.subject = g.subject),
            added as (
                insert into {keys} (subject, id, wrapping_key, wrapped)
                select subject, id, wrapping_key, wrapped from given where subject not in (select subject from known) order by subject
                on conflict do nothing returning id, wrapping_key, wrapped, subject)
            select * from known union all select * from added
            """;
        findSql = $"""
            select asked.id, k.wrapping_key, k.wrapped, f.id is not null
            from unnest($1::text[]) as asked (id) left join {keys} k on k.id = asked.id left join {forgotten} f on f.id = asked.id
            """;
        rewrapSql = $"update {keys} set wrapping_key = $3, wrapped = $4, wrapped_at = now() where id = $1 and wrapping_key = $2";
        wrappedBySql = $"select id, wrapping_key, wrapped from {keys} where wrapping_key = $1 limit $2";
        // So the index finds that there are none.
        countOthersSql = $"select wrapping_key, count(*) from {keys} where wrapping_key < $1 or wrapping_key > $1 group by 1";
        deleteSql = $"""
            with gone as (delete from {keys} where subject = $1 returning id)
            insert into {forgotten} (id) select id from gone returning id
            """;
    }

    public async Task<WrappedDataKey> GetOrAdd(string subject, WrappedDataKey key, CancellationToken cancellationToken)
    {
        // Another node that adds it at the same moment makes a second look necessary.
        while (true)
        {
            if (await wanted.Read(new Wanted(subject, key), cancellationToken) is { } kept)
            {
                return kept;
            }
        }
    }

    public Task<FoundKey> Find(string id, CancellationToken cancellationToken) => found.Read(id, cancellationToken);

    public Task Rewrap(WrappedDataKey before, WrappedDataKey after, CancellationToken cancellationToken) =>
        Execute(rewrapSql, [before.Id, before.WrappingKey, after.WrappingKey, after.Bytes], cancellationToken);

    public Task<IReadOnlyList<WrappedDataKey>> WrappedBy(string wrappingKey, int limit, CancellationToken cancellationToken) =>
        Read(wrappedBySql, [wrappingKey, limit], cancellationToken);

    public async Task<IReadOnlyDictionary<string, long>> CountOthers(string wrappingKey, CancellationToken cancellationToken)
    {
        await using var command = Command(database, countOthersSql, [wrappingKey]);
        var counts = await command.Rows(row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)), cancellationToken);
        return counts.ToDictionary(StringComparer.Ordinal);
    }

    public async Task<string?> Delete(string subject, CancellationToken cancellationToken)
    {
        await using var command = Command(database, deleteSql, [subject]);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private async Task<IReadOnlyDictionary<Wanted, WrappedDataKey>> GetOrAddAll(IReadOnlyCollection<Wanted> asked)
    {
        await using var command = Command(
            groups,
            addSql,
            [
                asked.Select(one => one.Subject).ToArray(),
                asked.Select(one => one.Key.Id).ToArray(),
                asked.Select(one => one.Key.WrappingKey).ToArray(),
                asked.Select(one => one.Key.Bytes).ToArray(),
            ]
        );
        var kept = (await command.Rows(row => (Subject: row.GetString(3), Key: KeyOf(row)), CancellationToken.None)).ToDictionary(
            row => row.Subject,
            row => row.Key,
            StringComparer.Ordinal
        );
        return asked.Where(one => kept.ContainsKey(one.Subject)).ToDictionary(one => one, one => kept[one.Subject]);
    }

    private async Task<IReadOnlyDictionary<string, FoundKey>> FindAll(IReadOnlyCollection<string> ids)
    {
        await using var command = Command(groups, findSql, [ids.ToArray()]);
        var rows = await command.Rows(
            row => KeyValuePair.Create(row.GetString(0), new FoundKey(row.IsDBNull(1) ? null : KeyOf(row), row.GetBoolean(3))),
            CancellationToken.None
        );
        return rows.ToDictionary(StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<WrappedDataKey>> Read(string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(database, sql, values);
        return await command.Rows(KeyOf, cancellationToken);
    }

    private async Task Execute(string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(database, sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Each statement begins with a key's name, what wraps it, and its bytes.
    private static WrappedDataKey KeyOf(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2));

    private static NpgsqlCommand Command(NpgsqlDataSource source, string sql, object[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    /// <summary>A subject, and the key that it gets when it has none.</summary>
    private readonly record struct Wanted(string Subject, WrappedDataKey Key);
}
