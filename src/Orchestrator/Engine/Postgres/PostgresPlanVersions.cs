using Npgsql;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Plans.Versions;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Plan versions in Postgres.</summary>
internal sealed class PostgresPlanVersions(NpgsqlDataSource database, OrchestratorNames names) : IPlanVersions
{
    private readonly string readSql = $"""
        select coalesce(p.type, s.type), coalesce(p.version, s.plan_version), p.fingerprint, coalesce(s.under_way, 0)
        from {names.Schema}.plan_version p
        full join (
            select type, plan_version, count(*) as under_way from {names.Schema}.saga
            where ended_at is null group by type, plan_version) s
        on s.type = p.type and s.plan_version = p.version
        """;

    private readonly string registeredSql = $"select type, version from {names.Schema}.plan_version";

    private readonly string writeSql = $"""
        insert into {names.Schema}.plan_version (type, version, fingerprint) values ($1, $2, $3)
        on conflict (type, version) do update set fingerprint = $3, registered_at = now()
        """;

    public async Task<IReadOnlyList<StoredPlanVersion>> Read(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(readSql);
        return await command.Rows(
            row => new StoredPlanVersion(row.GetString(0), row.GetInt32(1), row.TextOrNull(2), row.GetInt64(3)),
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<RegisteredPlanVersion>> Registered(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(registeredSql);
        return await command.Rows(row => new RegisteredPlanVersion(row.GetString(0), row.GetInt32(1)), cancellationToken);
    }

    public async Task Write(string type, int version, string fingerprint, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(writeSql);
        command.Parameters.Add(new NpgsqlParameter { Value = type });
        command.Parameters.Add(new NpgsqlParameter { Value = version });
        command.Parameters.Add(new NpgsqlParameter { Value = fingerprint });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
