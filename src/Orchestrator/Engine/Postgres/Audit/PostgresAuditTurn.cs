using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.Audit;
using SagaOrchestrator.Engine.Audit.Rules;
using SagaOrchestrator.Engine.Audit.Running;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Postgres.Audit;

/// <summary>
/// A run's transaction: it holds the cursor's row, so that no other node audits, and moves it on with the report. A run that fails moves
/// nothing, and the next one looks at the same sagas.
/// </summary>
internal sealed class PostgresAuditTurn : IAuditTurn
{
    // Minus infinity.
    private static readonly DateTime Beginning = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly AuditSql sql;
    private readonly DateTimeOffset startedAt;
    private Guid? allAfter;
    private (DateTime Since, Guid After) waits;
    private (DateTime Since, Guid After) ended;

    private PostgresAuditTurn(NpgsqlConnection connection, NpgsqlTransaction transaction, AuditSql sql, NpgsqlDataReader row)
    {
        (this.connection, this.transaction, this.sql) = (connection, transaction, sql);
        allAfter = row.IsDBNull(0) ? null : row.GetGuid(0);
        waits = (row.GetDateTime(1), row.GetGuid(2));
        ended = (row.GetDateTime(3), row.GetGuid(4));
        startedAt = row.GetFieldValue<DateTimeOffset>(5);
    }

    public static async Task<IAuditTurn?> Begin(NpgsqlDataSource database, AuditSql sql, CancellationToken cancellationToken)
    {
        var held = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            var begun = await held.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(sql.Lock, held, begun);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            if (await row.ReadAsync(cancellationToken))
            {
                return new PostgresAuditTurn(held, begun, sql, row);
            }
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }

        await held.DisposeAsync();
        return null;
    }

    public async Task<IReadOnlyList<Guid>> Standing(CancellationToken cancellationToken) =>
        [.. (await Rows(sql.Standing, [], row => row.GetString(0), cancellationToken)).Select(Guid.Parse)];

    public async Task<IReadOnlyList<Guid>> UnderWay(int limit, CancellationToken cancellationToken)
    {
        var found = await Page(sql.UnderWay, waits, limit, cancellationToken);
        waits = found.Count < limit ? (Beginning, Guid.Empty) : (found[^1].Since, found[^1].Id);
        return [.. found.Select(saga => saga.Id)];
    }

    public async Task<IReadOnlyList<Guid>> All(int limit, CancellationToken cancellationToken)
    {
        var found = await Rows(sql.All, [SqlValue.Id(allAfter ?? Guid.Empty), Number(limit)], row => row.GetGuid(0), cancellationToken);
        allAfter = found.Count < limit ? null : found[^1];
        return found;
    }

    public async Task<IReadOnlyList<Guid>> Ended(int limit, CancellationToken cancellationToken)
    {
        var found = await Page(sql.Ended, ended, limit, cancellationToken);
        ended = found.Count == 0 ? ended : (found[^1].Since, found[^1].Id);
        return [.. found.Select(saga => saga.Id)];
    }

    public async Task<AuditRun> Report(AuditReport report, CancellationToken cancellationToken)
    {
        await Execute(
            sql.Gone,
            [
                Texts(report.Sagas),
                .. Columns(report.Left)[..3],
                Texts(report.Unchecked.Select(pair => pair.Kind)),
                Texts(report.Unchecked.Select(pair => pair.Subject)),
            ],
            cancellationToken
        );
        await Execute(sql.Reworded, Columns(report.Left), cancellationToken);
        var left = await Execute(sql.Left, Columns(report.Left), cancellationToken);
        await Execute(sql.Repaired, Columns(report.Repaired), cancellationToken);
        await Execute(
            sql.Move,
            [SqlValue.Id(allAfter), Time(waits.Since), SqlValue.Id(waits.After), Time(ended.Since), SqlValue.Id(ended.After)],
            cancellationToken
        );
        var counts = report.LookedAt;
        int[] numbers = [counts.Sagas, counts.Commands, counts.Fences, counts.Jobs, report.Repaired.Count + left, report.Repaired.Count];
        var run = await Rows(
            sql.Run,
            [SqlValue.Time(startedAt), .. numbers.Select(Number), SqlValue.Id(allAfter)],
            PostgresAuditReports.Run,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return run[0];
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static NpgsqlParameter Number(int number) => new NpgsqlParameter<int> { TypedValue = number };

    private static NpgsqlParameter Time(DateTime time) => new() { Value = time, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static NpgsqlParameter Texts(IEnumerable<string> texts) => SqlValue.Array(texts.ToArray(), NpgsqlDbType.Text);

    private static NpgsqlParameter[] Columns(IReadOnlyList<Finding> findings)
    {
        NpgsqlParameter Column(Func<Finding, string> value) => Texts(findings.Select(value));
        return
        [
            Column(finding => finding.Kind),
            Column(finding => finding.Subject),
            Column(finding => finding.Step ?? string.Empty),
            Column(finding => finding.Detail),
        ];
    }

    private Task<List<(Guid Id, DateTime Since)>> Page(
        string text,
        (DateTime Since, Guid After) after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Rows(
            text,
            [Time(after.Since), SqlValue.Id(after.After), Number(limit)],
            row => (row.GetGuid(0), row.GetDateTime(1)),
            cancellationToken
        );

    private async Task<int> Execute(string text, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection, transaction);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<List<T>> Rows<T>(
        string text,
        NpgsqlParameter[] parameters,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(text, connection, transaction);
        command.Parameters.AddRange(parameters);
        return await command.Rows(row => read(row), cancellationToken);
    }
}
