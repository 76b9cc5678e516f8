create table {schema}.alarm (
    id           bigint generated always as identity primary key,
    kind         text not null,
    subject      text not null,
    detail       text not null,
    raised_at    timestamptz not null default now(),
    escalated_at timestamptz,
    cleared_at   timestamptz
);
comment on table {schema}.alarm is 'What needs somebody: raised once, escalated by age, and cleared when its cause is gone.';
create unique index alarm_standing on {schema}.alarm (kind, subject) where cleared_at is null;
create index alarm_raised on {schema}.alarm (raised_at desc);
