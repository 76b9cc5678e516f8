using Npgsql;

namespace SagaOrchestrator.Messaging.Postgres.Databases;

/// <summary>Commands with parameters that tell their own type.</summary>
internal static class Commands
{
    /// <summary>A command whose parameters are $1, $2 and so on.</summary>
    public static NpgsqlCommand Command(this NpgsqlDataSource database, string sql, params object[] parameters)
    {
        var command = database.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
