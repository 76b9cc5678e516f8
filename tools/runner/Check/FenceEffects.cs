using Npgsql;

namespace SagaOrchestrator.Runner.Check;

/// <summary>
/// What was done and undone, by the fences of participants that are built with the kit. They are the kit's own; only tests of this project
/// look at them, because they know of effects that nobody answered for.
/// </summary>
internal static class FenceEffects
{
    // A command that was begun may have had its effect, so it counts; a tombstone had none. Positions are those of the write-ahead log.
    private static readonly string Sql = string.Join(
        " union all ",
        ServerEvidence.AllServices.Select(schema =>
            $"""
                select saga_id, step, case when do_state in ('begun', 'completed') then (do_lsn - '0/0')::bigint end,
                       case when undo_state = 'completed' and not tombstone then (undo_lsn - '0/0')::bigint end
                from {schema}.fence
                """
        )
    );

    public static async Task<IReadOnlyList<EffectFact>> Read(string connectionString, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(Sql);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var effects = new List<EffectFact>();
        while (await row.ReadAsync(cancellationToken))
        {
            effects.Add(
                new EffectFact(
                    row.GetGuid(0),
                    row.GetString(1),
                    row.IsDBNull(2) ? null : row.GetInt64(2),
                    row.IsDBNull(3) ? null : row.GetInt64(3)
                )
            );
        }

        return effects;
    }
}
