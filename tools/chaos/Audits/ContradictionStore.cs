using Npgsql;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Audits;

/// <summary>Writes what must not be past the product, and reads what the auditor reports. The primary may be away at any time.</summary>
internal sealed class ContradictionStore(Database database)
{
    private const string FormerVersion = "1";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // What an operator does who sets a row right by hand.
    private const string NoTimer = """
        update orchestrator.saga set wake_at = null, wake_for = null, wake_check_at = null, wake_sent_at = null
        where id = $1 and wake_for like 'process_payment/do/%/reply'
        returning version, now()
        """;

    // The answer is overdue by two minutes, and what the timer sent was lost as the command was.
    private const string LostTimers = """
        update orchestrator.saga s
        set progress = jsonb_set(s.progress::jsonb, array['steps', (found.place - 1)::text, 'dueAt'],
                to_jsonb(now() - interval '2 minutes'))::json,
            wake_at = now() - interval '2 minutes', wake_check_at = now() + interval '50 seconds', version = s.version + 1
        from orchestrator.saga r
            cross join lateral jsonb_array_elements(r.progress::jsonb -> 'steps') with ordinality as found (step, place)
        where s.id = $1 and r.id = s.id and found.step ->> 'name' = 'reserve_inventory' and found.step ->> 'absence' is null
            and s.wake_for like 'reserve_inventory/do/%/reply'
        returning s.version, now()
        """;

    private const string LostAgain =
        "update orchestrator.saga set wake_check_at = now() + interval '50 seconds' where id = $1 and version = $2 "
        + "returning version, now()";

    // Every node knows the former version. A copy of the command that comes meanwhile is refused, and changes nothing.
    private const string EndedLongAgo = $"""
        select s.id from orchestrator.saga s join payments.fence f on f.saga_id = s.id and f.step = 'process_payment'
        where s.state = 'Completed' and s.plan_version = {FormerVersion} and s.ended_at < now() - interval '5 seconds'
            and f.do_state = 'completed' and f.undo_state = 'none'
            and not exists (select from orchestrator.audit_finding a where a.subject = s.id::text)
        order by random() limit 1
        """;

    private const string Undone = """
        update payments.fence set undo_state = 'completed'
        where saga_id = $1 and step = 'process_payment' and do_state = 'completed' returning 0::bigint, now()
        """;

    private const string AsItWas =
        "update payments.fence set undo_state = 'none' where saga_id = $1 and step = 'process_payment' returning 0::bigint, now()";

    /// <summary>Takes the timer of a saga away that waits for its payment. Null when it does not.</summary>
    public Task<Written?> DropTimer(Guid saga, CancellationToken end) => Write(NoTimer, saga, null, end);

    /// <summary>Makes the answer to a reservation overdue, with a timer that does not act. Null when nobody waits for it.</summary>
    public Task<Written?> LoseTimers(Guid saga, CancellationToken end) => Write(LostTimers, saga, null, end);

    /// <summary>The next timer is lost as well. Null when the saga has changed.</summary>
    public Task<Written?> LoseTimersAgain(Guid saga, long version, CancellationToken end) => Write(LostAgain, saga, version, end);

    /// <summary>Has payments remember that a payment was taken back. Null when it does not remember it.</summary>
    public Task<Written?> Undo(Guid saga, CancellationToken end) => Write(Undone, saga, null, end);

    /// <summary>Has payments remember what it did.</summary>
    public Task<Written?> Restore(Guid saga, CancellationToken end) => Write(AsItWas, saga, null, end);

    /// <summary>A saga whose payment stands; null when there is none yet.</summary>
    public Task<Guid?> Completed(CancellationToken end) => First<Guid?>(EndedLongAgo, [], row => row.GetGuid(0), end);

    /// <summary>Whether the auditor has reported it.</summary>
    public async Task<bool> IsReported(Contradiction planted, CancellationToken end) =>
        await First<bool?>(
            "select true from orchestrator.audit_finding where kind = $1 and subject = $2",
            [planted.Kind, planted.Saga.ToString()],
            _ => true,
            end
        )
            is true;

    /// <summary>Whether an alarm of the auditor tells of the kind now.</summary>
    public async Task<bool> HasAlarm(string kind, CancellationToken end) =>
        await First<bool?>(
            "select true from orchestrator.alarm where kind = 'audit' and subject = $1 and cleared_at is null",
            [kind],
            _ => true,
            end
        )
            is true;

    /// <summary>Whether a timer of the saga is armed, or the saga has ended.</summary>
    public async Task<bool> HasTimer(Guid saga, CancellationToken end) =>
        await First<bool?>(
            "select true from orchestrator.saga where id = $1 and (wake_at is not null or ended_at is not null)",
            [saga],
            _ => true,
            end
        )
            is true;

    /// <summary>Whether payments remembers that the payment was taken back.</summary>
    public async Task<bool> IsUndone(Guid saga, CancellationToken end) =>
        await First<bool?>(
            "select true from payments.fence where saga_id = $1 and step = 'process_payment' and undo_state = 'completed'",
            [saga],
            _ => true,
            end
        )
            is true;

    /// <summary>The database's clock.</summary>
    public Task<DateTimeOffset> Now(CancellationToken end) => First("select now()", [], row => row.GetFieldValue<DateTimeOffset>(0), end);

    /// <summary>How many runs of the auditor have begun since.</summary>
    public async Task<long> RunsSince(DateTimeOffset time, CancellationToken end) =>
        await First<long?>("select count(*) from orchestrator.audit_run where started_at > $1", [time], row => row.GetInt64(0), end) ?? 0;

    private Task<Written?> Write(string sql, Guid saga, long? version, CancellationToken end) =>
        First(
            sql,
            version is { } known ? [saga, known] : [saga],
            row => new Written(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)),
            end
        );

    // Again until the primary answers: each of these may be done twice.
    private async Task<T?> First<T>(string sql, object[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken end)
    {
        while (true)
        {
            end.ThrowIfCancellationRequested();
            try
            {
                return await Once(sql, parameters, read, end);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
            {
                await Wait.For(Pause, end);
            }
        }
    }

    private async Task<T?> Once<T>(string sql, object[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken end)
    {
        await using var connection = await database.Open(end);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var row = await command.ExecuteReaderAsync(end);
        return await row.ReadAsync(end) ? read(row) : default;
    }
}

/// <summary>What was written.</summary>
/// <param name="Version">Which version the saga is.</param>
/// <param name="At">When, on the database's clock.</param>
internal sealed record Written(long Version, DateTimeOffset At);
