using Npgsql;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>The keys of subjects in the table <c>subject_key</c>.</summary>
internal sealed class PostgresSubjectKeys(NpgsqlDataSource database, OrchestratorNames names) : ISubjectKeyStore
{
    private readonly string addSql =
        $"insert into {names.Schema}.subject_key (subject, id, wrapping_key, wrapped) values ($1, $2, $3, $4) on conflict do nothing";

    private readonly string ofSubjectSql = $"select id, wrapping_key, wrapped from {names.Schema}.subject_key where subject = $1";

    private readonly string findSql = $"select id, wrapping_key, wrapped from {names.Schema}.subject_key where id = $1";

    private readonly string rewrapSql =
        $"update {names.Schema}.subject_key set wrapping_key = $3, wrapped = $4, wrapped_at = now() where id = $1 and wrapping_key = $2";

    private readonly string wrappedBySql =
        $"select id, wrapping_key, wrapped from {names.Schema}.subject_key where wrapping_key = $1 limit $2";

    // So the index finds that there are none.
    private readonly string countOthersSql =
        $"select wrapping_key, count(*) from {names.Schema}.subject_key where wrapping_key < $1 or wrapping_key > $1 group by 1";

    private readonly string isForgottenSql = $"select true from {names.Schema}.forgotten_key where id = $1";

    private readonly string deleteSql = $"""
        with gone as (delete from {names.Schema}.subject_key where subject = $1 returning id)
        insert into {names.Schema}.forgotten_key (id) select id from gone returning id
        """;

    public async Task<WrappedDataKey> GetOrAdd(string subject, WrappedDataKey key, CancellationToken cancellationToken)
    {
        // Whoever deletes it between the two makes a third look necessary.
        while (true)
        {
            if ((await Read(ofSubjectSql, [subject], cancellationToken)) is [var known])
            {
                return known;
            }

            await Execute(addSql, [subject, key.Id, key.WrappingKey, key.Bytes], cancellationToken);
        }
    }

    public async Task<FoundKey> Find(string id, CancellationToken cancellationToken)
    {
        if (await Read(findSql, [id], cancellationToken) is [var known])
        {
            return new FoundKey(known, IsForgotten: false);
        }

        await using var command = Command(isForgottenSql, [id]);
        return new FoundKey(Key: null, await command.ExecuteScalarAsync(cancellationToken) is true);
    }

    public Task Rewrap(WrappedDataKey before, WrappedDataKey after, CancellationToken cancellationToken) =>
        Execute(rewrapSql, [before.Id, before.WrappingKey, after.WrappingKey, after.Bytes], cancellationToken);

    public Task<IReadOnlyList<WrappedDataKey>> WrappedBy(string wrappingKey, int limit, CancellationToken cancellationToken) =>
        Read(wrappedBySql, [wrappingKey, limit], cancellationToken);

    public async Task<IReadOnlyDictionary<string, long>> CountOthers(string wrappingKey, CancellationToken cancellationToken)
    {
        await using var command = Command(countOthersSql, [wrappingKey]);
        var counts = await command.Rows(row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)), cancellationToken);
        return counts.ToDictionary(StringComparer.Ordinal);
    }

    public async Task<string?> Delete(string subject, CancellationToken cancellationToken)
    {
        await using var command = Command(deleteSql, [subject]);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private async Task<IReadOnlyList<WrappedDataKey>> Read(string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, values);
        return await command.Rows(
            row => new WrappedDataKey(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)),
            cancellationToken
        );
    }

    private async Task Execute(string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
