-- What people ask about many sagas is answered from here. One job keeps it up to date from what changed; the hot path writes one small row
-- for a group of sagas, and none of these indexes.
create table {schema}.saga_changed (
    ids uuid[] not null,
    at  timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
comment on table {schema}.saga_changed is
    'Sagas that changed and whose summaries are still to be written: one row for what was committed together.';

create table {schema}.saga_summary (
    id            uuid primary key,
    position      bigint not null,
    version       bigint not null,
    type          text not null,
    plan_version  integer not null,
    business_key  text collate "C" not null,
    state         text not null,
    started_at    timestamptz not null,
    updated_at    timestamptz not null,
    ended_at      timestamptz,
    verdict       text,
    deadline_at   timestamptz,
    step          text,
    participant   text,
    waits_for     text,
    waits_since   timestamptz,
    due_at        timestamptz,
    absence       text,
    error_step    text,
    error_code    text,
    error_reason  text,
    stuck_step    text,
    stuck_code    text,
    stuck_reason  text,
    compensated   json not null,
    was_undone    boolean not null,
    columns       jsonb not null
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
comment on table {schema}.saga_summary is
    'One row per saga for lists, searches and counts. Made from saga, a second or so later; can be made anew at any time.';
comment on column {schema}.saga_summary.position is
    'Counts the writes to this table in the order of their commits, without gaps that could still be filled.';

create index saga_summary_position on {schema}.saga_summary (position);
create index saga_summary_started on {schema}.saga_summary (started_at desc, id desc);
create index saga_summary_type on {schema}.saga_summary (type, started_at desc, id desc);
create index saga_summary_type_state on {schema}.saga_summary (type, state, started_at desc, id desc);
create index saga_summary_state on {schema}.saga_summary (state, started_at desc, id desc);
create index saga_summary_key on {schema}.saga_summary (business_key);
create index saga_summary_updated on {schema}.saga_summary (updated_at desc, id desc);
create index saga_summary_ended on {schema}.saga_summary (ended_at desc, id desc) where ended_at is not null;
create index saga_summary_error on {schema}.saga_summary (error_code, started_at desc, id desc) where error_code is not null;
create index saga_summary_error_step on {schema}.saga_summary (error_step, started_at desc, id desc) where error_step is not null;
create index saga_summary_step on {schema}.saga_summary (step, started_at desc, id desc) where waits_for is not null;
create index saga_summary_waits on {schema}.saga_summary (waits_for, waits_since, id) where waits_for is not null;
create index saga_summary_waits_since on {schema}.saga_summary (waits_since, id) where waits_for is not null;
create index saga_summary_due on {schema}.saga_summary (due_at) where due_at is not null;
create index saga_summary_stuck on {schema}.saga_summary (started_at desc, id desc) where waits_for = 'Operator' or absence is not null;
create index saga_summary_undone on {schema}.saga_summary (started_at desc, id desc) where was_undone;

-- The columns that plans declare and have indexed.
create table {schema}.saga_column (
    saga_id      uuid not null,
    type         text not null,
    name         text not null,
    text_value   text collate "C",
    number_value numeric,
    time_value   timestamptz,
    started_at   timestamptz not null,
    primary key (saga_id, name)
);
comment on table {schema}.saga_column is 'The columns that plans declare and have indexed, of every saga.';
create index saga_column_text on {schema}.saga_column (name, text_value, started_at desc, saga_id desc) where text_value is not null;
create index saga_column_number on {schema}.saga_column (name, number_value, started_at desc, saga_id desc) where number_value is not null;
create index saga_column_time on {schema}.saga_column (name, time_value, started_at desc, saga_id desc) where time_value is not null;

create table {schema}.saga_count (
    type         text not null,
    plan_version integer not null,
    state        text not null,
    sagas        bigint not null,
    primary key (type, plan_version, state)
);
comment on table {schema}.saga_count is 'How many sagas of each plan version are in each state, written with the summaries.';

create table {schema}.projection (
    name text primary key,
    counted_from timestamptz not null default '-infinity'
);
comment on table {schema}.projection is 'One row for each projection. Whoever holds its lock writes it.';
comment on column {schema}.projection.counted_from is 'Days before it stay as they are when statistics are made anew.';
insert into {schema}.projection (name) values ('summaries');
create sequence {schema}.saga_position owned by {schema}.saga_summary.position;

create table {schema}.saga_outcome (
    saga_id      uuid primary key,
    position     bigint not null,
    type         text not null,
    business_key text not null,
    state        text not null,
    verdict      text,
    started_at   timestamptz not null,
    ended_at     timestamptz not null,
    error_step   text,
    error_code   text,
    error_reason text,
    columns      jsonb not null
);
comment on table {schema}.saga_outcome is
    'Append-only: one row per saga that has ended, in the order of position. Written with the summary in which it has ended first.';
create unique index saga_outcome_position on {schema}.saga_outcome (position);
create index saga_outcome_type on {schema}.saga_outcome (type, position);

-- Statistics: a few rows an hour and a day, added to as summaries are written. They outlive the sagas that they were counted from.
create table {schema}.saga_statistic (
    span      text not null,
    begins_at timestamptz not null,
    type      text not null,
    started   bigint not null,
    completed bigint not null,
    failed    bigint not null,
    undone    bigint not null,
    primary key (span, begins_at, type)
);
comment on table {schema}.saga_statistic is
    'How many sagas of a type were accepted, and ended how, in a period. Each hour is counted once as Hour and once in its Day (UTC).';

create table {schema}.saga_statistic_failure (
    span      text not null,
    begins_at timestamptz not null,
    type      text not null,
    step      text not null,
    code      text not null,
    sagas     bigint not null,
    primary key (span, begins_at, type, step, code)
);
comment on table {schema}.saga_statistic_failure is 'How many sagas of a type that ended in a period failed at a step with a code.';

create table {schema}.saga_statistic_duration (
    span      text not null,
    begins_at timestamptz not null,
    type      text not null,
    state     text not null,
    buckets   integer[] not null,
    sagas     bigint[] not null,
    primary key (span, begins_at, type, state)
);
comment on table {schema}.saga_statistic_duration is
    'How many sagas of a type that ended in a period took how long, one number for each bucket: bucket n ends at 1.1^n milliseconds.';

create table {schema}.saga_statistic_amount (
    span      text not null,
    begins_at timestamptz not null,
    type      text not null,
    state     text not null,
    name      text not null,
    currency  text not null,
    amount    numeric not null,
    sagas     bigint not null,
    primary key (span, begins_at, type, state, name, currency)
);
comment on table {schema}.saga_statistic_amount is 'What a column of money comes to, of sagas of a type that ended in a period.';
