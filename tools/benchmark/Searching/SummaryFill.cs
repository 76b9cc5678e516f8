using SagaOrchestrator.Benchmarks.Driving;

namespace SagaOrchestrator.Benchmarks.Searching;

/// <summary>Fills what lists and statistics read, as that many sagas of ninety days would have left it.</summary>
internal static class SummaryFill
{
    public const string Type = "benchmark";

    private const string Codes = "array['card_limit_exceeded', 'insufficient_stock', 'over_capacity', 'timeout', 'service_unavailable']";
    private const string Steps = "array['reserve_inventory', 'process_payment', 'create_shipment', 'send_confirmation']";
    private const string Participants = "array['inventory', 'payments', 'shipping', 'notifications']";

    private const string Reasons = "array['malformed', 'orphan', 'unknown-message-type']";

    private const string Waits = $"""
        ({Steps})[1 + no % 4], ({Participants})[1 + no % 4],
        case when state = 'Parked' then 'Operator' when no % 7 = 0 then 'Retry' when no % 11 = 0 then 'Enquiry' else 'Reply' end,
        started_at + interval '3 seconds', now() + (no % 1000) * interval '1 minute', case when no % 100 = 7 then 'Away' end
        """;

    public static async Task Run(BenchServers servers, int ended, int underWay, int letters, CancellationToken cancellationToken)
    {
        await using var source = servers.Open(BenchServers.OrchestratorDatabase);
        foreach (var sql in Statements(ended, underWay, letters))
        {
            await using var command = source.CreateCommand(sql);
            command.CommandTimeout = BenchServers.LongestCommand;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static IEnumerable<string> Statements(int ended, int underWay, int letters)
    {
        // A tenth of those that ended failed.
        // Of those under way, one in fifty is parked, and one in a hundred waits for a participant that is away.
        yield return Summaries(
            $"generate_series(1, {ended})",
            "case when no % 10 = 0 then 'Failed' else 'Completed' end",
            "now() - no * (interval '90 days' / " + ended + ") - interval '1 minute'",
            "no % 10 = 0",
            isUnderWay: false
        );
        yield return Summaries(
            $"generate_series({ended + 1}, {ended + underWay})",
            "case when no % 50 = 0 then 'Parked' when no % 20 = 1 then 'Compensating' else 'Pending' end",
            $"now() - (no - {ended}) * (interval '7 days' / {underWay})",
            "no % 50 = 0 or no % 20 = 1",
            isUnderWay: true
        );
        yield return """
            insert into orchestrator.saga_column (saga_id, type, name, text_value, number_value, started_at)
            select id, type, 'customer', 'customer-' || lpad((abs(hashtext(id::text)) % 1000)::text, 6, '0'), null, started_at
            from orchestrator.saga_summary
            union all
            select id, type, 'total', null, 100 + abs(hashtext(id::text)) % 900, started_at from orchestrator.saga_summary
            """;
        yield return """
            insert into orchestrator.saga_count (type, plan_version, state, sagas)
            select type, plan_version, state, count(*) from orchestrator.saga_summary group by type, plan_version, state
            """;
        foreach (var span in new[] { "Hour", "Day" })
        {
            foreach (var sql in Counts($"'{span}', date_trunc('{span}', started_at, 'UTC'), type"))
            {
                yield return sql;
            }
        }

        yield return $"""
            insert into orchestrator.dead_letter
                (id, queue, reason, at, message_id, message_type, path, sentence, headers, size, body)
            select md5('letter' || no)::uuid, ({Participants})[1 + no % 4], ({Reasons})[1 + no % 3], now() - no * interval '1 second',
                   no::text, 'Message' || no % 5, case when no % 2 = 0 then '' else 'items[' || no % 20 || '].quantity' end,
                   'It was refused.', '{"{}"}', 500, convert_to(repeat('x', 500), 'UTF8')
            from generate_series(1, {letters}) as no
            """;
        yield return """
            vacuum (analyze) orchestrator.dead_letter,
                orchestrator.saga_summary, orchestrator.saga_column, orchestrator.saga_count, orchestrator.saga_statistic,
                orchestrator.saga_statistic_failure, orchestrator.saga_statistic_duration, orchestrator.saga_statistic_amount
            """;
    }

    private static IEnumerable<string> Counts(string period) =>
        [
            $"""
                insert into orchestrator.saga_statistic
                select {period}, count(*),
                       count(*) filter (where state = 'Completed'), count(*) filter (where state = 'Failed'),
                       count(*) filter (where state = 'Failed' and was_undone)
                from orchestrator.saga_summary group by 1, 2, 3
                """,
            $"""
                insert into orchestrator.saga_statistic_failure
                select {period}, error_step, error_code, count(*) from orchestrator.saga_summary
                where state = 'Failed' group by 1, 2, 3, 4, 5
                """,
            $"""
                insert into orchestrator.saga_statistic_duration
                select span, begins_at, type, state, array_agg(bucket order by bucket), array_agg(sagas order by bucket)
                from (select {period}, state, 40 + abs(hashtext(id::text)) % 60, count(*) from orchestrator.saga_summary
                      where ended_at is not null group by 1, 2, 3, 4, 5) as counted (span, begins_at, type, state, bucket, sagas)
                group by span, begins_at, type, state
                """,
            $"""
                insert into orchestrator.saga_statistic_amount
                select {period}, state, 'total', 'EUR', sum(100 + abs(hashtext(id::text)) % 900), count(*)
                from orchestrator.saga_summary
                where ended_at is not null group by 1, 2, 3, 4
                """,
        ];

    private static string Summaries(string numbers, string state, string startedAt, string hasError, bool isUnderWay) =>
        $$"""
            insert into orchestrator.saga_summary
                (id, position, version, type, plan_version, business_key, state, started_at, updated_at, ended_at,
                 step, participant, waits_for, waits_since, due_at, absence,
                 error_step, error_code, error_reason, stuck_step, stuck_code, stuck_reason, compensated, was_undone, columns)
            select md5('saga' || no)::uuid, no, 9,
                   case when no % 10 < 7 then '{{Type}}' when no % 10 < 9 then 'order-fulfillment' else 'trip' end, 1 + no % 2,
                   'order-' || lpad(no::text, 10, '0'), state, started_at, started_at + interval '3 seconds',
                   {{(isUnderWay ? "null" : "started_at + interval '3 seconds'")}},
                   {{(isUnderWay ? Waits : "null, null, null, null, null, null")}},
                   case when has_error then ({{Steps}})[1 + (no / 10) % 4] end,
                   case when has_error then ({{Codes}})[1 + (no / 7) % 5] end,
                   case when has_error then 'It was refused.' end,
                   case when state = 'Parked' then ({{Steps}})[1 + no % 4] end,
                   case when state = 'Parked' then 'timeout' end,
                   case when state = 'Parked' then 'Nobody answered.' end,
                   case when has_error then '["reserve_inventory"]'::json else '[]'::json end, has_error,
                   jsonb_build_object(
                       'customer', 'customer-' || lpad((no % 1000)::text, 6, '0'), 'total', 100 + no % 900, 'total_currency', 'EUR')
            from (select no, {{state}} as state, {{startedAt}} as started_at, {{hasError}} as has_error from {{numbers}} as no) made
            """;
}
