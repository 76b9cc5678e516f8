create table {schema}.fence (
    saga_id    uuid not null,
    step       text not null,
    do_state   text not null default 'none' check (do_state in ('none', 'begun', 'deferred', 'completed', 'rejected')),
    do_attempt integer not null default 0,
    do_reply   json,
    do_at      timestamptz,
    do_lsn     pg_lsn,
    undo_state text not null default 'none' check (undo_state in ('none', 'begun', 'completed')),
    undo_at    timestamptz,
    undo_lsn   pg_lsn,
    tombstone  boolean not null default false,
    changed_at timestamptz not null default now(),
    version    integer not null default 1,
    primary key (saga_id, step)
) with (fillfactor = 80);
comment on table {schema}.fence is 'One row per saga and step: the effect happens once, and never after its compensation.';
comment on column {schema}.fence.tombstone is
    'The compensation came for a command that was never seen. Should the command still arrive, it is refused.';
comment on column {schema}.fence.do_lsn is 'Position in the write-ahead log, which orders effects of all services without trusting clocks.';
comment on column {schema}.fence.do_attempt is 'The latest attempt that was seen. A rejection holds for it and those before.';
comment on column {schema}.fence.changed_at is 'Rows are kept for as long after it as a copy of their messages can still arrive.';
comment on column {schema}.fence.version is 'Counts the changes of the row; a unit that was made from an older one is made again.';
