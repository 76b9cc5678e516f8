using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Checks;

/// <summary>
/// A journal of every effect, written by triggers in the transaction of the effect itself: what the participants did, not what they say.
/// Positions in the write-ahead log order effects of all services without trusting clocks.
/// </summary>
internal static class EffectJournal
{
    private const string Script =
        """
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

        create trigger chaos_do after insert on inventory.reservation for each row execute function chaos.note('reserve_inventory', 'do');
        create trigger chaos_undo after update on inventory.reservation for each row
            when (old.released_at is null and new.released_at is not null) execute function chaos.note('reserve_inventory', 'undo');
        create trigger chaos_again after update on inventory.reservation for each row
            when (old.released_at is not null and new.released_at is null) execute function chaos.note('reserve_inventory', 'do');

        create trigger chaos_do after insert on payments.ledger_entry for each row
            when (new.kind = 'charge') execute function chaos.note('process_payment', 'do');
        create trigger chaos_undo after insert on payments.ledger_entry for each row
            when (new.kind = 'refund') execute function chaos.note('process_payment', 'undo');

        create trigger chaos_do after insert on shipping.shipment for each row execute function chaos.note('create_shipment', 'do');
        create trigger chaos_undo after update on shipping.shipment for each row
            when (old.cancelled_at is null and new.cancelled_at is not null) execute function chaos.note('create_shipment', 'undo');

        create trigger chaos_do after insert on notifications.notification for each row
            when (new.kind = 'order_confirmation') execute function chaos.note('send_confirmation', 'do');
        create trigger chaos_undo after insert on notifications.notification for each row
            when (new.kind = 'cancellation_notice') execute function chaos.note('send_confirmation', 'undo');
        """;

    /// <summary>Installs it, when the participants have made their tables.</summary>
    public static Task Install(PostgresServer postgres) => postgres.Execute(Script);
}
