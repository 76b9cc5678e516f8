using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Says in SQL which dead letters are asked for.</summary>
internal sealed class DeadLetterSql(string schema)
{
    private const string Columns = """
        l.id, l.queue, l.reason, l.at, l.message_id, nullif(l.message_type, ''), l.saga_id, l.saga_type, l.business_key, l.sentence,
        nullif(l.path, ''), l.expected, l.got, l.headers::text, l.content_type, l.size, l.state, l.ended_at, l.edited_message_id
        """;

    private const string Newest = "order by l.at desc, l.id desc";

    public NpgsqlBatchCommand Get(IReadOnlyCollection<Guid> ids) =>
        new($"select {Columns} from {schema}.dead_letter l where l.id = any($1)") { Parameters = { SqlValue.Ids([.. ids]) } };

    public NpgsqlBatchCommand OfSagas(IReadOnlyCollection<Guid> sagaIds, int limit) =>
        new(
            $"""
            select l.* from unnest($1) as wanted (id) cross join lateral (
                select {Columns} from {schema}.dead_letter l where l.saga_id = wanted.id and l.state = 'waiting' {Newest} limit $2
            ) l {Newest}
            """
        )
        {
            Parameters =
            {
                SqlValue.Ids([.. sagaIds]),
                new() { Value = limit },
            },
        };

    public NpgsqlBatchCommand Find(DeadLetterQuery query, IReadOnlyCollection<Guid> sagas, DeadLetterPlace? place, int limit)
    {
        var asked = new Conditions();
        Add(asked, query, sagas);
        if (place is not null)
        {
            var (at, id) = (asked.Parameter(SqlValue.Time(place.At.ToUniversalTime())), asked.Parameter(SqlValue.Id(place.Id)));
            asked.Add($"(l.at, l.id) < ({at}, {id})");
        }

        var most = asked.Parameter(new() { Value = limit });
        return asked.Command($"select {Columns} from {schema}.dead_letter l where {asked} {Newest} limit {most}");
    }

    // Groups are counted from the index alone. It leads to the example of each, so that no sentence is read but those that are shown.
    public NpgsqlBatchCommand Groups(DeadLetterQuery query, IReadOnlyCollection<Guid> sagas, int limit)
    {
        var asked = new Conditions();
        Add(asked, query, sagas);
        return asked.Command(
            $"""
            select g.queue, g.reason, nullif(g.message_type, ''), nullif(g.path, ''), g.count, g.oldest, g.newest, e.id, e.sentence
            from (
                select l.queue, l.reason, l.message_type, l.path, count(*) as count, min(l.at) as oldest, max(l.at) as newest
                from {schema}.dead_letter l where {asked}
                group by l.queue, l.reason, l.message_type, l.path
                order by count(*) desc, l.queue, l.reason limit {asked.Parameter(new() { Value = limit })}) g
            cross join lateral (
                select l.id, l.sentence from {schema}.dead_letter l
                where {asked} and l.queue = g.queue and l.reason = g.reason and l.message_type = g.message_type and l.path = g.path
                {Newest} limit 1) e
            order by g.count desc, g.queue, g.reason, g.message_type, g.path
            """
        );
    }

    public static SagaDeadLetter Letter(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            Queue = row.GetString(1),
            Reason = row.GetString(2),
            At = row.GetFieldValue<DateTimeOffset>(3),
            MessageId = row.TextOrNull(4),
            MessageType = row.TextOrNull(5),
            SagaId = row.IsDBNull(6) ? null : row.GetGuid(6),
            SagaType = row.TextOrNull(7),
            BusinessKey = row.TextOrNull(8),
            Sentence = row.TextOrNull(9),
            Path = row.TextOrNull(10),
            Expected = row.TextOrNull(11),
            Got = row.TextOrNull(12),
            Headers = row.GetString(13),
            ContentType = row.TextOrNull(14),
            Size = row.GetInt32(15),
            State = row.GetString(16),
            EndedAt = row.TimeOrNull(17),
            EditedMessageId = row.IsDBNull(18) ? null : row.GetGuid(18),
        };

    public static DeadLetterGroup Group(NpgsqlDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.TextOrNull(2),
            row.TextOrNull(3),
            row.GetInt64(4),
            row.GetFieldValue<DateTimeOffset>(5),
            row.GetFieldValue<DateTimeOffset>(6),
            row.GetGuid(7),
            row.TextOrNull(8)
        );

    private static void Add(Conditions asked, DeadLetterQuery query, IReadOnlyCollection<Guid> sagas)
    {
        asked.OneOf("l.state", query.States);
        asked.OneOf("l.queue", query.Queues);
        asked.OneOf("l.reason", query.Reasons);
        asked.OneOf("l.message_type", query.MessageTypes);
        asked.OneOf("l.saga_type", query.SagaTypes);
        if (query.SagaId is { } saga)
        {
            asked.Add($"l.saga_id = {asked.Parameter(SqlValue.Id(saga))}");
        }

        if (query.BusinessKey is { } key)
        {
            var (named, ids) = (asked.Parameter(SqlValue.Text(key)), asked.Parameter(SqlValue.Ids([.. sagas])));
            asked.Add($"(l.business_key = {named} or l.saga_id = any({ids}))");
        }

        if (query.From is { } from)
        {
            asked.Add($"l.at >= {asked.Parameter(SqlValue.Time(from.ToUniversalTime()))}");
        }

        if (query.Before is { } before)
        {
            asked.Add($"l.at < {asked.Parameter(SqlValue.Time(before.ToUniversalTime()))}");
        }
    }

    private sealed class Conditions
    {
        private readonly List<string> conditions = ["true"];
        private readonly List<NpgsqlParameter> parameters = [];

        public void Add(string condition) => conditions.Add(condition);

        /// <returns>What stands for it.</returns>
        public string Parameter(NpgsqlParameter parameter)
        {
            parameters.Add(parameter);
            return string.Create(CultureInfo.InvariantCulture, $"${parameters.Count}");
        }

        // A single value is compared as one, so that the index that is led by it gives the order too.
        public void OneOf(string column, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
            {
                Add(
                    values.Count == 1
                        ? $"{column} = {Parameter(SqlValue.Text(values[0]))}"
                        : $"{column} = any({Parameter(SqlValue.Array(values.ToArray(), NpgsqlDbType.Text))})"
                );
            }
        }

        public NpgsqlBatchCommand Command(string text)
        {
            var command = new NpgsqlBatchCommand(text);
            parameters.ForEach(parameter => command.Parameters.Add(parameter));
            return command;
        }

        public override string ToString() => string.Join(" and ", conditions);
    }
}
