using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SagaOrchestrator.Messaging.Health;

namespace SagaOrchestrator.Messaging.Postgres.Health;

/// <summary>What a service on Postgres is watched for.</summary>
public static class PostgresConditions
{
    /// <summary>Watches whether the database commits a small write, and how soon.</summary>
    /// <param name="services">The container, with the service's data source.</param>
    /// <param name="schema">The service's schema.</param>
    public static IServiceCollection AddPostgresCondition(this IServiceCollection services, string schema) =>
        services.AddSingleton<ConditionCheck>(provider => new DatabaseWrites(provider.GetRequiredService<NpgsqlDataSource>(), schema));
}
