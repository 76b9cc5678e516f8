using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace SagaOrchestrator.Host.Operations.Health;

/// <summary>Ready only when the database answers.</summary>
internal sealed class DatabaseHealth(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"Postgres does not answer: {exception.Message}");
        }
    }
}
