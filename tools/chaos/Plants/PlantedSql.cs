using SagaOrchestrator.Chaos.Nodes;

namespace SagaOrchestrator.Chaos.Plants;

/// <summary>Bugs that triggers bring about: what the services write is not what is stored.</summary>
internal static class PlantedSql
{
    /// <summary>The script that plants a bug; null when triggers cannot.</summary>
    public static string? Script(PlantedBug bug) =>
        bug switch
        {
            PlantedBug.NoInbox => Function(
                "forget",
                "execute format('delete from %I.inbox where message_id = $1', tg_table_schema) using new.message_id; return null;"
            )
                + ForEach(
                    [.. ProductNodes.Services, "orchestrator"],
                    "create constraint trigger planted after insert on {0}.inbox deferrable initially deferred for each row execute "
                        + "function chaos.forget();"
                ),
            PlantedBug.NoTombstone => Function(
                "open_the_fence",
                "if new.tombstone then new.tombstone := false; new.undo_state := 'none'; end if; return new;"
            )
                + ForEach(
                    ProductNodes.Services,
                    "create trigger planted before insert or update on {0}.fence for each row execute function chaos.open_the_fence();"
                ),
            PlantedBug.SweeperOff => Function("date_group", "new.created_at := new.created_at + interval '1 day'; return new;")
                + Function("date_message", "new.next_attempt_at := now() + interval '1 day'; return new;")
                + ForEach(
                    [.. ProductNodes.Services, "orchestrator"],
                    """
                    create trigger planted before insert on {0}.outbox_group for each row execute function chaos.date_group();
                    create trigger planted before insert or update on {0}.outbox for each row execute function chaos.date_message();
                    """
                ),
            // Keys of the tables would turn these two into errors, and the errors into second tries that go well.
            PlantedBug.RetryInTransaction => "alter table notifications.notification drop constraint notification_saga_id_kind_key;",
            PlantedBug.StaleWriterAccepted =>
                "create index planted on orchestrator.saga_turn (saga_id, version); alter table orchestrator.saga_turn drop constraint "
                    + "saga_turn_pkey;",
            _ => null,
        };

    private static string Function(string name, string body) =>
        $"create function chaos.{name}() returns trigger language plpgsql security definer as $$ begin {body} end $$;\n";

    private static string ForEach(IEnumerable<string> schemas, string sql) =>
        string.Join('\n', schemas.Select(schema => sql.Replace("{0}", schema, StringComparison.Ordinal)));
}
