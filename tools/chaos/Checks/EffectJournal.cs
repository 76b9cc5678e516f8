using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Checks;

/// <summary>
/// A journal of every effect, written by triggers at the end of the effect's own transaction: what the participants did, not what they say.
/// Beside it when the orchestrator began and ended to write what it decided. Positions in the write-ahead log order them all without
/// trusting clocks.
/// </summary>
internal static class EffectJournal
{
    private const string Script = """
        create schema chaos;
        create table chaos.effect (
            id      bigint generated always as identity primary key,
            saga_id uuid not null,
            step    text not null,
            kind    text not null check (kind in ('do', 'undo')),
            lsn     pg_lsn not null default pg_current_wal_insert_lsn()
        );
        create function chaos.note() returns trigger language plpgsql security definer set search_path = '' as $$
        begin
            insert into chaos.effect (saga_id, step, kind) values (new.saga_id, tg_argv[0], tg_argv[1]);
            return null;
        end $$;

        create constraint trigger chaos_do after insert on inventory.reservation deferrable initially deferred for each row
            execute function chaos.note('reserve_inventory', 'do');
        create constraint trigger chaos_undo after update on inventory.reservation deferrable initially deferred for each row
            when (old.released_at is null and new.released_at is not null) execute function chaos.note('reserve_inventory', 'undo');
        create constraint trigger chaos_again after update on inventory.reservation deferrable initially deferred for each row
            when (old.released_at is not null and new.released_at is null) execute function chaos.note('reserve_inventory', 'do');

        create constraint trigger chaos_do after insert on payments.ledger_entry deferrable initially deferred for each row
            when (new.kind = 'charge') execute function chaos.note('process_payment', 'do');
        create constraint trigger chaos_undo after insert on payments.ledger_entry deferrable initially deferred for each row
            when (new.kind = 'refund') execute function chaos.note('process_payment', 'undo');

        create constraint trigger chaos_do after insert on shipping.shipment deferrable initially deferred for each row
            execute function chaos.note('create_shipment', 'do');
        create constraint trigger chaos_undo after update on shipping.shipment deferrable initially deferred for each row
            when (old.cancelled_at is null and new.cancelled_at is not null) execute function chaos.note('create_shipment', 'undo');

        create constraint trigger chaos_do after insert on notifications.notification deferrable initially deferred for each row
            when (new.kind = 'order_confirmation') execute function chaos.note('send_confirmation', 'do');
        create constraint trigger chaos_undo after insert on notifications.notification deferrable initially deferred for each row
            when (new.kind = 'cancellation_notice') execute function chaos.note('send_confirmation', 'undo');

        create table chaos.decision (
            saga_id uuid not null,
            version integer not null,
            entries integer not null,
            is_end  boolean not null,
            lsn     pg_lsn not null default pg_current_wal_insert_lsn()
        );
        create function chaos.note_decision() returns trigger language plpgsql security definer set search_path = '' as $$
        begin
            insert into chaos.decision (saga_id, version, entries, is_end) values (new.saga_id, new.version,
                json_array_length(new.entries), tg_argv[0]::boolean);
            return null;
        end $$;
        create trigger chaos_begin after insert on orchestrator.saga_turn for each row execute function chaos.note_decision('false');
        create constraint trigger chaos_end after insert on orchestrator.saga_turn deferrable initially deferred for each row
            execute function chaos.note_decision('true');
        """;

    /// <summary>Installs it, when the participants have made their tables.</summary>
    public static Task Install(PostgresServer postgres) => postgres.Execute(Script);
}
