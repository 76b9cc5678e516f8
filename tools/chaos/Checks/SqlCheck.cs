using Npgsql;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Checks;

/// <summary>Rules that a query can check: each row that it returns is a finding.</summary>
internal static class SqlCheck
{
    private const int MostFindings = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly IReadOnlyList<(string Rule, string Sql)> Checks =
    [
        (
            "no effect twice",
            "select format('saga %s: %s of %s happened %s times', saga_id, kind, step, count(*)) from chaos.effect group by saga_id, "
                + "step, kind having count(*) > 1"
        ),
        (
            "no effect is undone before it is done, and none done after it was undone",
            """
            select format('saga %s: %s was done at %s and undone at %s', done.saga_id, done.step, done.lsn, undone.lsn)
            from chaos.effect done join chaos.effect undone using (saga_id, step)
            where done.kind = 'do' and undone.kind = 'undo' and done.id > undone.id
            """
        ),
        (
            "nothing is done for a saga once it undoes",
            """
            select format('saga %s: %s was done after %s was undone', done.saga_id, done.step, undone.step)
            from chaos.effect done join chaos.effect undone using (saga_id)
            where done.kind = 'do' and undone.kind = 'undo' and done.id > undone.id and done.step <> undone.step
            """
        ),
        (
            "effects belong to a saga",
            "select format('%s of %s for saga %s, which is not there', kind, step, saga_id) from chaos.effect where saga_id not in "
                + "(select id from orchestrator.saga)"
        ),
        (
            "nothing happens before it is decided",
            $"""
            select format('saga %s: %s of %s at %s, decided at %s', effect.saga_id, effect.kind, effect.step, effect.lsn, decision.lsn)
            from chaos.effect join (
                {Events(isEnd: true, "step_started", "compensation_started")}) decision
                on effect.saga_id = decision.saga_id and effect.step = decision.step and effect.kind =
                    case decision.type when 'step_started' then 'do' else 'undo' end
            where effect.lsn < decision.lsn
            """
        ),
        (
            "nothing is known before it has happened",
            $"""
            select format('saga %s: %s of %s at %s, known at %s', effect.saga_id, effect.kind, effect.step, effect.lsn, decision.lsn)
            from chaos.effect join (
                {Events(isEnd: false, "step_completed", "compensation_completed")}) decision
                on effect.saga_id = decision.saga_id and effect.step = decision.step and effect.kind =
                    case decision.type when 'step_completed' then 'do' else 'undo' end
            where effect.lsn > decision.lsn
            """
        ),
        (
            "no message counts twice",
            "select format('message %s is in the history %s times', message_id, count(*)) from orchestrator.saga_turn where message_id is "
                + "not null group by message_id having count(*) > 1"
        ),
        (
            "the history of each saga has no gaps",
            """
            select format('saga %s: %s entries, but version %s', saga_id, count(*), max(version))
            from orchestrator.saga_history group by saga_id having count(*) <> max(version)
            """
        ),
        (
            "the history of each saga begins once, ends once, and ends as the saga did",
            """
            select format('saga %s is %s, its history says %s', saga.id, saga.state, ends.types)
            from orchestrator.saga left join lateral (
                select array_agg(event.type order by event.version) as types from orchestrator.saga_history event
                where event.saga_id = saga.id and event.type in ('saga_started', 'saga_completed', 'saga_failed')) ends on true
            where ends.types is distinct from array['saga_started',
                case saga.state when 'Completed' then 'saga_completed' else 'saga_failed' end]
            """
        ),
        (
            "a timer counts once for an attempt",
            """
            select format('saga %s: %s of %s, attempt %s, counted %s times', saga_id, type, data ->> 'step', data ->> 'attempt', count(*))
            from orchestrator.saga_history where type in ('step_timed_out', 'compensation_timed_out')
            group by saga_id, type, data ->> 'step', data ->> 'attempt' having count(*) > 1
            """
        ),
        (
            "no timer is armed for a saga that has ended",
            "select format('saga %s has ended, and a timer for %s is armed', id, wake_for) from orchestrator.saga where ended_at is not "
                + "null and wake_at is not null"
        ),
        (
            "the scheduler has its jobs and nothing is stuck in them",
            """
            select format('trigger %s is %s', trigger_name, trigger_state) from orchestrator.qrtz_triggers
                where trigger_state in ('ERROR', 'BLOCKED', 'PAUSED')
            union all
            select format('trigger %s is gone', wanted) from unnest(array['fire-due-timers', 'clean-up']) wanted
            where not exists (select from orchestrator.qrtz_triggers where trigger_name = wanted)
            """
        ),
    ];

    private static string Events(bool isEnd, params string[] types) =>
        $"""
            select event.saga_id, event.type, event.data ->> 'step' as step, decision.lsn
            from orchestrator.saga_history event join chaos.decision decision
                on decision.saga_id = event.saga_id and event.version between decision.version
                    and decision.version + decision.entries - 1 and decision.is_end = {isEnd}
            where event.type in ({string.Join(", ", types.Select(type => $"'{type}'"))})
            """;

    public static async Task<IReadOnlyList<CheckResult>> Run(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var results = new List<CheckResult>(Checks.Count);
        foreach (var (rule, sql) in Checks)
        {
            var findings = await Findings(database, sql);
            // What is amiss for the moment only, such as a job that is running, is not broken.
            await Wait.Until(async () => findings.Count == 0 || (findings = await Findings(database, sql)).Count == 0, Patience);
            results.Add(new CheckResult(rule, findings));
        }

        return results;
    }

    private static async Task<IReadOnlyList<string>> Findings(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync();
        var findings = new List<string>();
        while (findings.Count < MostFindings && await row.ReadAsync())
        {
            findings.Add(row.GetString(0));
        }

        return findings;
    }
}
