create table {schema}.bulk_job (
    id           uuid primary key,
    created_at   timestamptz not null default now(),
    ended_at     timestamptz,
    state        text not null,
    state_reason text,
    total        integer not null,
    orders       json not null,
    node         uuid,
    node_until   timestamptz
);
comment on table {schema}.bulk_job is
    'Actions of operators on many sagas: what is to be done (orders), how it stands, and which node does it until when.';
create index bulk_job_created on {schema}.bulk_job (created_at desc, id desc);
create index bulk_job_running on {schema}.bulk_job (created_at) where state = 'Running';
create index bulk_job_ended on {schema}.bulk_job (ended_at) where ended_at is not null;

create table {schema}.bulk_item (
    job_id  uuid not null,
    number  integer not null,
    target_id uuid not null,
    step    text,
    primary key (job_id, number)
);
comment on table {schema}.bulk_item is 'What a bulk job acts on, as it was found when the job was created.';

create table {schema}.bulk_result (
    job_id  uuid not null,
    number  integer not null,
    outcome text not null,
    code    text not null default '',
    reason  text not null default '',
    at      timestamptz not null default now(),
    primary key (job_id, number)
);
comment on table {schema}.bulk_result is
    'Append-only: what became of an item, written in the transaction of what was done. A second result of one item cannot be '
    'written.';

-- The service itself cannot delete results and actions; only this does, long after the end of their job.
create function {schema}.clean_up_bulk_jobs(age interval, batch integer) returns integer
    language sql security definer set search_path = '' as
$$
    with ended as (
        select id from {schema}.bulk_job
        where ended_at < now() - greatest(age, interval '1 day')
        order by ended_at limit batch for update skip locked),
    items as (delete from {schema}.bulk_item where job_id in (select id from ended)),
    results as (delete from {schema}.bulk_result where job_id in (select id from ended)),
    actions as (delete from {schema}.operator_action where subject in (select id::text from ended)),
    gone as (delete from {schema}.bulk_job where id in (select id from ended) returning 1)
    select count(*)::integer from gone
$$;
