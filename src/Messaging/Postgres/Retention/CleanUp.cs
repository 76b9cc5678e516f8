using Microsoft.Extensions.Logging;
using Npgsql;

namespace SagaOrchestrator.Messaging.Postgres.Retention;

/// <summary>
/// Deletes what is older than its retention, in small batches, so that nobody waits for it (rule S31). Any number of
/// replicas may run it; rows that another one is deleting are left alone.
/// </summary>
public sealed class CleanUp(NpgsqlDataSource database, IReadOnlyList<RetentionRule> rules, ILogger<CleanUp> log)
{
    private const int BatchSize = 500;

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
            } while (batch >= BatchSize && !cancellationToken.IsCancellationRequested);

            if (deleted > 0)
            {
                RetentionLog.CleanedUp(log, deleted, rule.What, rule.Age);
            }

            all += deleted;
        }

        return all;
    }

    /// <summary>The same; when it fails, the log says so, and the next run deletes what is left.</summary>
    public async Task Try(CancellationToken cancellationToken)
    {
        try
        {
            await Run(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            RetentionLog.CleanUpFailed(log, exception);
        }
    }

    private async Task<long> Delete(RetentionRule rule, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(rule.Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = rule.Age });
        command.Parameters.Add(new NpgsqlParameter { Value = BatchSize });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? reader.GetInt32(0) : Math.Max(0, reader.RecordsAffected);
    }
}
