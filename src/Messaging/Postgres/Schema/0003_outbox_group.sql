-- The messages of one group commit are one row: written once, compressed, and deleted once all of them are confirmed. What a crash left, or
-- what could not be sent, is taken apart into rows of the outbox.
create table {schema}.outbox_group (
    id            uuid primary key,
    messages      text compression lz4 not null,
    message_count integer not null,
    left_out      integer[],
    created_at    timestamptz not null default now()
);
comment on table {schema}.outbox_group is
    'Messages that were committed together and are not yet all known to have been sent. Rows older than five seconds are what a '
    'crash left; the sweeper takes them apart into the outbox and sends them.';
comment on column {schema}.outbox_group.messages is
    'A JSON array. Body is the envelope to the byte, or in base64 as bytes when it is not JSON; unit is the number of the unit in '
    'its group.';
comment on column {schema}.outbox_group.left_out is 'Units that were not committed. Their messages are not sent.';

alter table {schema}.outbox_group set (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 2000, toast.autovacuum_vacuum_cost_delay = 0);
