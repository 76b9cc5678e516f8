using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>
/// Dead letters in the tables <c>dead_letter</c> and <c>dead_letter_action</c>. Lists are read where nothing can be written.
/// </summary>
internal sealed class PostgresDeadLetters(ServiceDatabase database, ReadDatabase reads, OrchestratorNames names) : IDeadLetters
{
    // What groups are made by is in one index, whose entries have a bound. A longer text comes from nobody who means well.
    private const int MostInGroup = 250;

    private readonly string keepSql = $"""
        insert into {names.Schema}.dead_letter (
            id, queue, reason, at, message_id, message_type, saga_id, saga_type, business_key, sentence, path, expected, got, headers,
            content_type, size, body)
        select w.id, w.queue, w.reason, w.at, w.message_id, left(coalesce(w.message_type, ''), {MostInGroup}), w.saga_id,
               coalesce(w.saga_type, s.type), coalesce(w.business_key, s.business_key), w.sentence,
               left(coalesce(w.path, ''), {MostInGroup}), w.expected, w.got, w.headers, w.content_type, w.size, w.body
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) as w (
            id, queue, reason, at, message_id, message_type, saga_id, saga_type, business_key, sentence, path, expected, got, headers,
            content_type, size, body)
        left join {names.Schema}.saga s on s.id = w.saga_id
        order by w.id
        on conflict do nothing
        """;

    private readonly string endSql = $"""
        update {names.Schema}.dead_letter l
        set state = w.state, ended_at = now(), edited_message_id = $3, edited_body = $4
        from (select * from unnest($1, $2) as w (id, state) order by id) w
        where l.id = w.id and l.state in ('{DeadLetterState.Waiting}', '{DeadLetterState.Gone}') and l.state <> w.state
        """;

    private readonly string recordSql = $"""
        insert into {names.Schema}.dead_letter_action (letter_id, verb, who, why, outcome, detail)
        select w.id, $2, $3, $4, w.outcome, w.detail from unnest($1, $5, $6) with ordinality as w (id, outcome, detail, no) order by w.no
        """;

    private readonly string actionsSql = $"""
        select letter_id, at, verb, who, why, outcome, detail from (
            select * from {names.Schema}.dead_letter_action where letter_id = $1 order by position desc limit $2) last
        order by position
        """;

    private readonly DeadLetterSql sql = new(names.Schema);

    public async Task Keep(IReadOnlyList<IndexedLetter> letters, CancellationToken cancellationToken)
    {
        if (letters.Count == 0)
        {
            return;
        }

        await using var command = database.Source.CreateCommand(keepSql);
        void Add<T>(NpgsqlDbType type, Func<SagaDeadLetter, T> value) =>
            command.Parameters.Add(SqlValue.Array(letters.Select(letter => value(letter.Letter)).ToArray(), type));
        Add(NpgsqlDbType.Uuid, letter => letter.Id);
        Add(NpgsqlDbType.Text, letter => letter.Queue);
        Add(NpgsqlDbType.Text, letter => letter.Reason);
        Add(NpgsqlDbType.TimestampTz, letter => letter.At);
        Add(NpgsqlDbType.Text, letter => letter.MessageId);
        Add(NpgsqlDbType.Text, letter => letter.MessageType);
        Add(NpgsqlDbType.Uuid, letter => letter.SagaId);
        Add(NpgsqlDbType.Text, letter => letter.SagaType);
        Add(NpgsqlDbType.Text, letter => letter.BusinessKey);
        Add(NpgsqlDbType.Text, letter => letter.Sentence);
        Add(NpgsqlDbType.Text, letter => letter.Path);
        Add(NpgsqlDbType.Text, letter => letter.Expected);
        Add(NpgsqlDbType.Text, letter => letter.Got);
        Add(NpgsqlDbType.Json, letter => letter.Headers);
        Add(NpgsqlDbType.Text, letter => letter.ContentType);
        Add(NpgsqlDbType.Integer, letter => letter.Size);
        command.Parameters.Add(SqlValue.Array(letters.Select(letter => letter.Body.ToArray()).ToArray(), NpgsqlDbType.Bytea));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task<IReadOnlyList<SagaDeadLetter>> Find(
        DeadLetterQuery query,
        IReadOnlyCollection<Guid> sagas,
        DeadLetterPlace? place,
        int limit,
        CancellationToken cancellationToken
    ) => Read(reads.Source, sql.Find(query, sagas, place, limit), DeadLetterSql.Letter, cancellationToken);

    public Task<IReadOnlyList<DeadLetterGroup>> Groups(
        DeadLetterQuery query,
        IReadOnlyCollection<Guid> sagas,
        int limit,
        CancellationToken cancellationToken
    ) => Read(reads.Source, sql.Groups(query, sagas, limit), DeadLetterSql.Group, cancellationToken);

    public Task<IReadOnlyList<SagaDeadLetter>> Get(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Read(database.Source, sql.Get(ids), DeadLetterSql.Letter, cancellationToken);

    public async Task<byte[]?> Body(Guid id, bool edited, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(
            $"select {(edited ? "edited_body" : "body")} from {names.Schema}.dead_letter where id = $1"
        );
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    public async Task<ILookup<Guid, SagaDeadLetter>> OfSagas(
        IReadOnlyCollection<Guid> sagaIds,
        int limit,
        CancellationToken cancellationToken
    ) =>
        (await Read(database.Source, sql.OfSagas(sagaIds, limit), DeadLetterSql.Letter, cancellationToken)).ToLookup(letter =>
            letter.SagaId!.Value
        );

    public async Task<IReadOnlySet<Guid>> SagasWithLetters(IReadOnlyCollection<Guid> sagas, CancellationToken cancellationToken) =>
        (
            await Read(
                database.Source,
                new(
                    $"select distinct saga_id from {names.Schema}.dead_letter where saga_id = any($1) and state = "
                        + $"'{DeadLetterState.Waiting}'"
                )
                {
                    Parameters = { SqlValue.Ids([.. sagas]) },
                },
                row => row.GetGuid(0),
                cancellationToken
            )
        ).ToHashSet();

    public async Task<IReadOnlyDictionary<string, long>> Waiting(CancellationToken cancellationToken) =>
        (
            await Read(
                database.Source,
                new($"select queue, count(*) from {names.Schema}.dead_letter where state = '{DeadLetterState.Waiting}' group by queue"),
                row => (Queue: row.GetString(0), Count: row.GetInt64(1)),
                cancellationToken
            )
        ).ToDictionary(row => row.Queue, row => row.Count, StringComparer.Ordinal);

    public Task<IReadOnlyList<DeadLetterAction>> Actions(Guid id, int limit, CancellationToken cancellationToken) =>
        Read(
            database.Source,
            new(actionsSql)
            {
                Parameters =
                {
                    new() { Value = id },
                    new() { Value = limit },
                },
            },
            row => new DeadLetterAction(
                row.GetGuid(0),
                row.GetFieldValue<DateTimeOffset>(1),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                row.GetString(5),
                row.TextOrNull(6)
            ),
            cancellationToken
        );

    public async Task Record(
        string verb,
        string who,
        string why,
        IReadOnlyCollection<LetterOutcome> outcomes,
        LetterAim.Edited? edit,
        CancellationToken cancellationToken
    )
    {
        if (outcomes.Count == 0)
        {
            return;
        }

        // A batch is one transaction.
        await using var batch = database.Source.CreateBatch();
        var ended = outcomes.Where(outcome => outcome.State is not null).ToList();
        if (ended.Count > 0)
        {
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(endSql)
                {
                    Parameters =
                    {
                        SqlValue.Array(ended.Select(outcome => outcome.Id).ToArray(), NpgsqlDbType.Uuid),
                        SqlValue.Array(ended.Select(outcome => outcome.State).ToArray(), NpgsqlDbType.Text),
                        SqlValue.Id(edit?.MessageId),
                        new() { Value = (object?)edit?.Body.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
                    },
                }
            );
        }

        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(recordSql)
            {
                Parameters =
                {
                    SqlValue.Array(outcomes.Select(outcome => outcome.Id).ToArray(), NpgsqlDbType.Uuid),
                    SqlValue.Text(verb),
                    SqlValue.Text(who),
                    SqlValue.Text(why),
                    SqlValue.Array(outcomes.Select(outcome => outcome.Outcome).ToArray(), NpgsqlDbType.Text),
                    SqlValue.Array(outcomes.Select(outcome => outcome.Detail).ToArray(), NpgsqlDbType.Text),
                },
            }
        );
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<T>> Read<T>(
        NpgsqlDataSource source,
        NpgsqlBatchCommand asked,
        Func<NpgsqlDataReader, T> map,
        CancellationToken cancellationToken
    )
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(asked);
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await row.ReadAsync(cancellationToken))
        {
            rows.Add(map(row));
        }

        return rows;
    }
}
