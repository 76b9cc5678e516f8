using System.Text.Json;
using Npgsql;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>
/// A saga's row as it was read, with its documents as text. They are parsed by whoever asked for the saga: two never share an instance, and
/// one that cannot be parsed fails alone.
/// </summary>
internal sealed class StoredSaga
{
    /// <summary>
    /// The columns, in the order in which <see cref="Of"/> reads them; none but the first two are there when there is no such saga.
    /// </summary>
    public const string Columns = """
        wanted.id, now(), s.type, s.plan_version, s.business_key, s.state, s.data::text, s.data_hash, s.progress::text, s.results::text,
        s.trace_parent, s.started_at, s.ended_at, s.version, s.history_version, s.updated_at
        """;

    private readonly SagaInstance? row;
    private readonly (string Progress, string Results) documents;

    private StoredSaga(Guid id, DateTimeOffset now, SagaInstance? row, (string Progress, string Results) documents) =>
        (Id, Now, this.row, this.documents) = (id, now, row, documents);

    public Guid Id { get; }

    public DateTimeOffset Now { get; }

    public static StoredSaga Of(NpgsqlDataReader row)
    {
        var (id, now) = (row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1));
        return row.IsDBNull(2)
            ? new StoredSaga(id, now, row: null, default)
            : new StoredSaga(id, now, WithoutDocuments(row, id, now), (row.GetString(8), row.GetString(9)));
    }

    public LoadedSaga Read() => new(row is null ? null : WithDocuments(row.Copy()), Now);

    private static SagaInstance WithoutDocuments(NpgsqlDataReader row, Guid id, DateTimeOffset now) =>
        new()
        {
            CorrelationId = id,
            Now = now,
            Type = row.GetString(2),
            PlanVersion = row.GetInt32(3),
            BusinessKey = row.GetString(4),
            CurrentState = row.GetString(5),
            Data = row.GetString(6),
            DataHash = row.GetFieldValue<byte[]>(7),
            TraceParent = row.TextOrNull(10),
            StartedAt = row.GetFieldValue<DateTimeOffset>(11),
            EndedAt = row.TimeOrNull(12),
            Version = row.GetInt64(13),
            HistoryVersion = row.GetInt32(14),
            UpdatedAt = row.GetFieldValue<DateTimeOffset>(15),
        };

    private SagaInstance WithDocuments(SagaInstance saga)
    {
        saga.Progress = SagaJson.Stored<SagaProgress>(documents.Progress);
        saga.Results = SagaJson.Stored<Dictionary<string, JsonElement>>(documents.Results);
        return saga;
    }
}
