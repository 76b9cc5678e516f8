using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SagaOrchestrator.Messaging.Background;

namespace SagaOrchestrator.Messaging.Postgres.Retention;

/// <summary>
/// Deletes what is older than its retention, once a day, in small batches, so that nobody waits for it (rule S31). Any number of
/// replicas may run it; rows that another one is deleting are left alone.
/// </summary>
public sealed class CleanUp(NpgsqlDataSource database, IReadOnlyList<RetentionRule> rules, TimeSpan interval, TimeProvider clock, ILogger<CleanUp> log)
    : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(10);

    /// <summary>Deletes everything that is older than its retention now.</summary>
    /// <returns>How many rows are gone.</returns>
    public async Task<long> Run(CancellationToken cancellationToken)
    {
        long all = 0;
        foreach (var rule in rules)
        {
            long deleted = 0;
            long batch;
            do
            {
                batch = await Delete(rule, cancellationToken);
                deleted += batch;
            }
            while (batch >= BatchSize && !cancellationToken.IsCancellationRequested);

            if (deleted > 0)
            {
                RetentionLog.CleanedUp(log, deleted, rule.What, rule.Age);
            }

            all += deleted;
        }

        return all;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // Soon after the start, so that a process that never lives for a whole interval cleans up too.
        Repeatedly.Do(Run, exception => RetentionLog.CleanUpFailed(log, exception), interval, stoppingToken, interval < FirstWait ? interval : FirstWait, clock);

    private async Task<long> Delete(RetentionRule rule, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(rule.Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = rule.Age });
        command.Parameters.Add(new NpgsqlParameter { Value = BatchSize });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? reader.GetInt32(0) : Math.Max(0, reader.RecordsAffected);
    }
}
