create table {schema}.fence (
    saga_id    uuid not null,
    step       text not null,
    do_state   text not null default 'none' check (do_state in ('none', 'begun', 'completed', 'rejected')),
    do_reply   jsonb,
    do_at      timestamptz,
    do_lsn     pg_lsn,
    undo_state text not null default 'none' check (undo_state in ('none', 'begun', 'completed')),
    undo_at    timestamptz,
    undo_lsn   pg_lsn,
    tombstone  boolean not null default false,
    primary key (saga_id, step)
);
comment on table {schema}.fence is 'One row per saga and step: the effect happens once, and never after its compensation.';
comment on column {schema}.fence.tombstone is 'The compensation came for a command that was never seen. Should the command still arrive, it is refused.';
comment on column {schema}.fence.do_lsn is 'Position in the write-ahead log, which orders effects of all services without trusting clocks.';
