using System.Text.Json;
using Npgsql;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Host.Machine;
using SagaOrchestrator.Host.Machine.Repository;
using SagaOrchestrator.Host.Plans;

namespace SagaOrchestrator.Host.Postgres;

/// <summary>
/// A saga's row as it was read, with its documents as text. They are parsed by whoever asked for the saga: two never share an instance, and
/// one that cannot be parsed fails alone.
/// </summary>
internal sealed record StoredSaga(Guid Id, DateTimeOffset Now)
{
    private string? type;
    private int planVersion;
    private string businessKey = string.Empty;
    private string state = string.Empty;
    private string data = string.Empty;
    private byte[] dataHash = [];
    private string progress = string.Empty;
    private string results = string.Empty;
    private string compensations = string.Empty;
    private string? traceParent;
    private DateTimeOffset startedAt;
    private DateTimeOffset? endedAt;
    private long version;
    private int historyVersion;
    private DateTimeOffset updatedAt;

    /// <summary>The columns, in the order in which <see cref="Of"/> reads them; none but the first two are there when there is no such saga.</summary>
    public const string Columns =
        """
        wanted.id, now(), s.type, s.plan_version, s.business_key, s.state, s.data::text, s.data_hash, s.progress::text, s.results::text,
        s.compensations::text, s.trace_parent, s.started_at, s.ended_at, s.version, s.history_version, s.updated_at
        """;

    public static StoredSaga Of(NpgsqlDataReader row)
    {
        var stored = new StoredSaga(row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1));
        return row.IsDBNull(2) ? stored : stored with
        {
            type = row.GetString(2),
            planVersion = row.GetInt32(3),
            businessKey = row.GetString(4),
            state = row.GetString(5),
            data = row.GetString(6),
            dataHash = row.GetFieldValue<byte[]>(7),
            progress = row.GetString(8),
            results = row.GetString(9),
            compensations = row.GetString(10),
            traceParent = row.IsDBNull(11) ? null : row.GetString(11),
            startedAt = row.GetFieldValue<DateTimeOffset>(12),
            endedAt = row.IsDBNull(13) ? null : row.GetFieldValue<DateTimeOffset>(13),
            version = row.GetInt64(14),
            historyVersion = row.GetInt32(15),
            updatedAt = row.GetFieldValue<DateTimeOffset>(16),
        };
    }

    public LoadedSaga Read() => new(type is null ? null : Instance(type), Now);

    private SagaInstance Instance(string ofType) => new()
    {
        CorrelationId = Id,
        Now = Now,
        Type = ofType,
        PlanVersion = planVersion,
        BusinessKey = businessKey,
        CurrentState = state,
        Data = data,
        DataHash = dataHash,
        Progress = SagaJson.Stored<SagaProgress>(progress),
        Results = SagaJson.Stored<Dictionary<string, JsonElement>>(results),
        Compensations = [.. SagaJson.Stored<List<StoredCompensation>>(compensations).Select(stored => stored.Of(Id))],
        TraceParent = traceParent,
        StartedAt = startedAt,
        EndedAt = endedAt,
        Version = version,
        HistoryVersion = historyVersion,
        UpdatedAt = updatedAt,
    };
}
