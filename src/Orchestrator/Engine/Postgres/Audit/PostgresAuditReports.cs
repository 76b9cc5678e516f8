using Npgsql;
using SagaOrchestrator.Engine.Audit;
using SagaOrchestrator.Engine.Naming;

namespace SagaOrchestrator.Engine.Postgres.Audit;

/// <summary>The auditor's reports in the tables <c>audit_run</c> and <c>audit_finding</c>.</summary>
internal sealed class PostgresAuditReports(ReadDatabase reads, OrchestratorNames names) : IAuditReports
{
    private readonly string runsSql = $"select {AuditSql.RunColumns} from {names.Schema}.audit_run order by number desc limit $1";

    private readonly string findingsSql = $"""
        select {AuditSql.FindingColumns} from (
            (select * from {names.Schema}.audit_finding where ended_at is null order by found_at desc, id desc limit $1)
            union all
            (select * from {names.Schema}.audit_finding where ended_at is not null order by found_at desc, id desc limit $1)) as f
        order by ended_at is not null, found_at desc, id desc limit $1
        """;

    private readonly string standingSql = $"""
        select kind, subject, step, detail, found_at, outcome, ended_at, of_kind::int from (
            select *, count(*) over (partition by kind) as of_kind, row_number() over (partition by kind order by found_at, id) as place
            from {names.Schema}.audit_finding where ended_at is null) as f
        where place = 1 order by kind
        """;

    public Task<IReadOnlyList<AuditRun>> Runs(int limit, CancellationToken cancellationToken) =>
        Read(runsSql, limit, Run, cancellationToken);

    public Task<IReadOnlyList<AuditFinding>> Findings(int limit, CancellationToken cancellationToken) =>
        Read(findingsSql, limit, Finding, cancellationToken);

    public Task<IReadOnlyList<StandingKind>> Standing(CancellationToken cancellationToken) =>
        Read(standingSql, null, row => new StandingKind(row.GetString(0), row.GetInt32(7), Finding(row)), cancellationToken);

    internal static AuditRun Run(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetFieldValue<DateTimeOffset>(1),
            row.GetDouble(2),
            new AuditCounts(row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6)),
            row.GetInt32(7),
            row.GetInt32(8),
            row.GetInt32(9),
            row.IsDBNull(10) ? null : row.GetGuid(10)
        );

    private static AuditFinding Finding(NpgsqlDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2) is { Length: > 0 } step ? step : null,
            row.GetString(3),
            row.GetFieldValue<DateTimeOffset>(4),
            Enum.Parse<AuditOutcome>(row.GetString(5)),
            row.TimeOrNull(6)
        );

    private async Task<IReadOnlyList<T>> Read<T>(
        string text,
        int? limit,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var command = reads.Source.CreateCommand(text);
        if (limit is { } most)
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        }

        return await command.Rows(row => read(row), cancellationToken);
    }
}
