using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Projection;

/// <summary>Writes down each time that a saga was parked, once, for those who are told of it.</summary>
internal sealed class ParkingWriter(string schema)
{
    // A history that is read anew has been told of. Its positions are given in the order of commits, like those of outcomes.
    private readonly string sql = $"""
        insert into {schema}.saga_parking
            (saga_id, version, type, business_key, started_at, parked_at, step, code, reason, columns, position)
        select saga_id, version, type, business_key, started_at, parked_at, step, code, reason, columns, nextval('{schema}.saga_position')
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) with ordinality
            as w (saga_id, version, type, business_key, started_at, parked_at, step, code, reason, columns, no)
        order by no
        on conflict (saga_id, version) do nothing
        """;

    public static IReadOnlyList<(SummaryChange Change, Parking Parking)> Parked(IEnumerable<SummaryChange> changes) =>
        [
            .. changes
                .SelectMany(change => change.Parkings.Select(parking => (Change: change, Parking: parking)))
                .OrderBy(parked => parked.Parking.At),
        ];

    public NpgsqlBatchCommand Command(IReadOnlyList<(SummaryChange Change, Parking Parking)> parked)
    {
        var command = new NpgsqlBatchCommand(sql);
        void Add<T>(NpgsqlDbType type, Func<SummaryChange, Parking, T> value) =>
            command.Parameters.Add(SqlValue.Array(parked.Select(one => value(one.Change, one.Parking)).ToArray(), type));
        Add(NpgsqlDbType.Uuid, (change, _) => change.After.Id);
        Add(NpgsqlDbType.Integer, (_, parking) => parking.Version);
        Add(NpgsqlDbType.Text, (change, _) => change.After.Type);
        Add(NpgsqlDbType.Text, (change, _) => change.After.BusinessKey);
        Add(NpgsqlDbType.TimestampTz, (change, _) => change.After.StartedAt);
        Add(NpgsqlDbType.TimestampTz, (_, parking) => parking.At);
        Add(NpgsqlDbType.Text, (_, parking) => parking.Step);
        Add(NpgsqlDbType.Text, (_, parking) => parking.Code);
        Add(NpgsqlDbType.Text, (_, parking) => parking.Reason);
        Add(NpgsqlDbType.Jsonb, (change, _) => change.After.Columns);
        return command;
    }
}
