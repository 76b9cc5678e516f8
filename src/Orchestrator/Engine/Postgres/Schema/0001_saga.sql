-- Documents go in and out as they are; nobody asks for their parts but people, who can (-> and #>> work on json too).
create table {schema}.saga (
    id              uuid primary key,
    type            text not null,
    plan_version    integer not null,
    business_key    text not null,
    state           text not null,
    data            json not null,
    data_hash       bytea not null,
    progress        json not null,
    results         json not null,
    wake_at         timestamptz,
    wake_for        text,
    wake_sent_at    timestamptz,
    wake_check_at   timestamptz,
    version         bigint not null,
    history_version integer not null,
    undoing         text,
    trace_parent    text,
    started_at      timestamptz not null,
    updated_at      timestamptz not null,
    ended_at        timestamptz
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
alter table {schema}.saga
    alter column data set compression lz4,
    alter column progress set compression lz4,
    alter column results set compression lz4;

comment on table {schema}.saga is 'One row per saga. Written with a check of its version, together with history, inbox and outbox.';
comment on column {schema}.saga.id is 'Derived from type and business key, so that the primary key keeps them unique and finds them.';
comment on column {schema}.saga.wake_at is 'When the next timer fires. The truth about timers; the scheduler only finds due rows.';
comment on column {schema}.saga.wake_for is 'Which timer: step/direction/attempt/reply or retry.';
comment on column {schema}.saga.wake_sent_at is 'When the timer message was last sent; it is sent again when nothing came of it.';
comment on column {schema}.saga.wake_check_at is
    'When the timers are to look at the row: not later than wake_at until its timer was sent, and often earlier, because moving '
    'it costs an index entry.';
comment on column {schema}.saga.undoing is 'The participant that is being waited for to undo something. Bounds how many it has in flight.';

-- Most updates change no indexed column and find room in their page, so that they touch no index. wake_at changes with every step;
-- wake_check_at, which is indexed in its place, is left where it is as long as it is not too late.
create index saga_wake_check on {schema}.saga (wake_check_at) where wake_check_at is not null;
create index saga_ended on {schema}.saga (ended_at) where ended_at is not null;
create index saga_undoing on {schema}.saga (undoing) where undoing is not null;

-- One row for everything that a message changed.
create table {schema}.saga_turn (
    position   bigint generated always as identity,
    saga_id    uuid not null,
    version    integer not null,
    entries    json not null,
    message_id uuid,
    at         timestamptz not null,
    primary key (saga_id, version)
);
create index saga_turn_position on {schema}.saga_turn using brin (position);
comment on table {schema}.saga_turn is
    'Append-only history of every saga: one row for what one message changed, which holds one or more entries. version is that of '
    'the first. The view saga_history shows one row per entry.';

create view {schema}.saga_history as
select turn.position, turn.saga_id, turn.version + entry.number::integer - 1 as version, entry.data ->> 'type' as type, entry.data, turn.message_id, turn.at
from {schema}.saga_turn turn, json_array_elements(turn.entries) with ordinality as entry (data, number);
comment on view {schema}.saga_history is 'The history of every saga, one row per entry; version counts them within a saga.';
