create table {schema}.operator_action (
    position bigint generated always as identity primary key,
    saga_id  uuid not null,
    at       timestamptz not null,
    verb     text not null,
    step     text,
    who      text not null,
    why      text not null
);
comment on table {schema}.operator_action is 'Append-only: what operators did, with who, when and why. Written in the transaction of what it changed.';

create index operator_action_saga on {schema}.operator_action (saga_id);

create table {schema}.plan_version (
    type          text not null,
    version       integer not null,
    fingerprint   text not null,
    registered_at timestamptz not null default now(),
    primary key (type, version)
);
comment on table {schema}.plan_version is 'The structure of every plan version that was ever started here. A changed one with sagas under way is refused at start-up.';

create index saga_ended on {schema}.saga (ended_at) where ended_at is not null;

-- History and actions are append-only for the service's own role; only this deletes them, and only with their saga, long after its end.
create function {schema}.clean_up_sagas(age interval, batch integer) returns integer
    language sql security definer set search_path = '' as
$$
    with ended as (
        select id from {schema}.saga
        where ended_at < now() - greatest(age, interval '1 day')
        order by ended_at limit batch for update skip locked),
    events as (delete from {schema}.saga_event where saga_id in (select id from ended)),
    actions as (delete from {schema}.operator_action where saga_id in (select id from ended)),
    gone as (delete from {schema}.saga where id in (select id from ended) returning 1)
    select count(*)::integer from gone
$$;

alter table {schema}.saga add column undoing text;
comment on column {schema}.saga.undoing is 'The participant that is being waited for to undo something. Bounds how many it has in flight.';

create index saga_undoing on {schema}.saga (undoing) where undoing is not null;
