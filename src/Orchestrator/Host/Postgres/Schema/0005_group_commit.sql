-- Documents go in and out as they are; nobody asks for their parts but people, who can (operators -> and #>> work on json too).
alter table {schema}.saga
    alter column data type json using data::json,
    alter column progress type json using progress::json,
    alter column results type json using results::json,
    alter column compensations type json using compensations::json,
    alter column data set compression lz4,
    alter column progress set compression lz4,
    alter column results set compression lz4,
    add column wake_check_at timestamptz;

-- Most updates change no indexed column and find room in their page, so that they touch no index. wake_at changes with every step;
-- wake_check_at, which is indexed in its place, is left where it is as long as it is not too late.
drop index {schema}.saga_wake;
update {schema}.saga set wake_check_at = wake_at where wake_at is not null;
create index saga_wake_check on {schema}.saga (wake_check_at) where wake_check_at is not null;
alter table {schema}.saga set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
comment on column {schema}.saga.wake_check_at is 'When the timers are to look at the row: not later than wake_at until its timer was sent, and often earlier, because moving it costs an index entry.';

-- A saga's id is derived from its type and business key, so that the primary key keeps them unique and finds them.
alter table {schema}.saga drop constraint saga_type_business_key_key;

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
comment on table {schema}.saga_turn is 'Append-only history of every saga: one row for what one message changed, which holds one or more entries. version is that of the first. The view saga_event shows one row per entry.';

insert into {schema}.saga_turn (saga_id, version, entries, message_id, at)
select saga_id, version, json_build_array(data::json), message_id, at from {schema}.saga_event order by position;
drop table {schema}.saga_event;

create view {schema}.saga_event as
select turn.position, turn.saga_id, turn.version + entry.number::integer - 1 as version, entry.data ->> 'type' as type, entry.data, turn.message_id, turn.at
from {schema}.saga_turn turn, json_array_elements(turn.entries) with ordinality as entry (data, number);
comment on view {schema}.saga_event is 'The history of every saga, one row per entry; version counts them within a saga.';

create or replace function {schema}.clean_up_sagas(age interval, batch integer) returns integer
    language sql security definer set search_path = '' as
$$
    with ended as (
        select id from {schema}.saga
        where ended_at < now() - greatest(age, interval '1 day')
        order by ended_at limit batch for update skip locked),
    turns as (delete from {schema}.saga_turn where saga_id in (select id from ended)),
    actions as (delete from {schema}.operator_action where saga_id in (select id from ended)),
    gone as (delete from {schema}.saga where id in (select id from ended) returning 1)
    select count(*)::integer from gone
$$;
