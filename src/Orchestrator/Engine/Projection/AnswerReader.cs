using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Projection;

/// <summary>
/// Counts participants' answers, and finds when sagas were parked, in what was added to the histories of sagas that changed.
/// </summary>
internal sealed class AnswerReader(string schema, PlanCatalogue plans)
{
    private readonly string sql = $"""
        select turn.saga_id, turn.at, turn.entries::text, turn.version
        from unnest($1, $2, $3) as wanted (id, counted_to, version)
        join {schema}.saga_turn turn
          on turn.saga_id = wanted.id and turn.version > wanted.counted_to and turn.version <= wanted.version
        order by turn.saga_id, turn.version
        """;

    /// <summary>Reads what is new.</summary>
    /// <param name="connection">In the transaction that writes what was counted.</param>
    /// <param name="sagas">As they are to be summed up.</param>
    /// <param name="before">What is stored of them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>By saga what is new. The history of a saga whose plan this node does not know is left to a node that does.</returns>
    public async Task<Dictionary<Guid, CountedAnswers>> Read(
        NpgsqlConnection connection,
        IReadOnlyList<SagaInstance> sagas,
        IReadOnlyDictionary<Guid, StoredSummary> before,
        CancellationToken cancellationToken
    )
    {
        CountedHistory Before(SagaInstance saga) => before.GetValueOrDefault(saga.CorrelationId)?.Counted ?? CountedHistory.None;
        var open = sagas
            .Where(saga => saga.HistoryVersion > Before(saga).To)
            .Select(saga => (Saga: saga, Plan: plans.TryGet(saga.Type, saga.PlanVersion)?.Definition))
            .Where(known => known.Plan is not null)
            .Select(known => new Open(known.Saga, known.Plan!, Before(known.Saga)))
            .ToList();
        await Read(connection, open, cancellationToken);
        var read = open.ToDictionary(known => known.Saga.CorrelationId, known => known.Result());
        return sagas.ToDictionary(
            saga => saga.CorrelationId,
            saga => read.GetValueOrDefault(saga.CorrelationId) ?? new CountedAnswers(Before(saga), [])
        );
    }

    private async Task Read(NpgsqlConnection connection, IReadOnlyList<Open> open, CancellationToken cancellationToken)
    {
        if (open.Count == 0)
        {
            return;
        }

        var byId = open.ToDictionary(known => known.Saga.CorrelationId);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(SqlValue.Array(open.Select(known => known.Saga.CorrelationId).ToArray(), NpgsqlDbType.Uuid));
        command.Parameters.Add(SqlValue.Array(open.Select(known => known.Before.To).ToArray(), NpgsqlDbType.Integer));
        command.Parameters.Add(SqlValue.Array(open.Select(known => known.Saga.HistoryVersion).ToArray(), NpgsqlDbType.Integer));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var (known, at) = (byId[row.GetGuid(0)], row.GetFieldValue<DateTimeOffset>(1));
            foreach (var (index, entry) in SagaJson.Stored<HistoryEntry[]>(row.GetString(2)).Index())
            {
                known.Counting.Read(entry, at);
                if (entry.Type == HistoryTypes.SagaParked)
                {
                    known.Parkings.Add(new Parking(row.GetInt32(3) + index, at, entry.Step, entry.Code, entry.Reason));
                }
            }
        }
    }

    // A history that has something to count.
    private sealed record Open(SagaInstance Saga, PlanDefinition Plan, CountedHistory Before)
    {
        public AnswerCounting Counting { get; } = new(Plan, Before.Unanswered);

        public List<Parking> Parkings { get; } = [];

        // Nobody waits any more for what comes after the end.
        public CountedAnswers Result() =>
            new(
                new CountedHistory(Saga.HistoryVersion, Saga.EndedAt is null ? Counting.Unanswered : CountedHistory.None.Unanswered),
                Counting.Rows
            )
            {
                Parkings = Parkings,
            };
    }
}

/// <summary>What was counted.</summary>
/// <param name="Counted">Up to where.</param>
/// <param name="Rows">One for each answer.</param>
internal sealed record CountedAnswers(CountedHistory Counted, IReadOnlyList<AnswerRow> Rows)
{
    /// <summary>Each time that the saga was parked.</summary>
    public IReadOnlyList<Parking> Parkings { get; init; } = [];
}

/// <summary>A saga was parked.</summary>
/// <param name="Version">The entry's place in the saga's history.</param>
/// <param name="At">When.</param>
/// <param name="Step">The step, or compensation, that waits for an operator.</param>
/// <param name="Code">Why: a stable word.</param>
/// <param name="Reason">Why: a sentence.</param>
internal sealed record Parking(int Version, DateTimeOffset At, string? Step, string? Code, string? Reason);
