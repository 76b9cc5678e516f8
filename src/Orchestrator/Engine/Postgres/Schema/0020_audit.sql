-- What the auditor has looked at and found. Whoever holds the row of audit_cursor audits.
create table {schema}.audit_cursor (
    name            text primary key,
    all_after       uuid,
    waits_since     timestamptz not null default '-infinity',
    waits_after     uuid not null default '00000000-0000-0000-0000-000000000000',
    ended_since     timestamptz not null default '-infinity',
    ended_after     uuid not null default '00000000-0000-0000-0000-000000000000'
);
comment on table {schema}.audit_cursor is
    'Behind which saga each of the auditor''s rounds goes on: through all, through those under way, and through those that ended.';
insert into {schema}.audit_cursor (name) values ('sagas');

create table {schema}.audit_run (
    number      bigint generated always as identity primary key,
    started_at  timestamptz not null,
    ended_at    timestamptz not null,
    sagas       integer not null,
    commands    integer not null,
    fences      integer not null,
    jobs        integer not null,
    found       integer not null,
    repaired    integer not null,
    left_over   integer not null,
    all_after   uuid
);
comment on table {schema}.audit_run is 'One row for each run of the auditor: what it looked at, and what came of it.';
create index audit_run_ended on {schema}.audit_run (ended_at);

create table {schema}.audit_finding (
    id       bigint generated always as identity primary key,
    kind     text not null,
    subject  text not null,
    step     text not null default '',
    detail   text not null,
    outcome  text not null,
    found_at timestamptz not null default now(),
    ended_at timestamptz
);
comment on table {schema}.audit_finding is
    'What must not be: repaired at once, or standing until a later run does not find it any more.';
create unique index audit_finding_standing on {schema}.audit_finding (kind, subject, step) where ended_at is null;
create index audit_finding_found on {schema}.audit_finding (found_at desc, id desc);
create index audit_finding_ended on {schema}.audit_finding (ended_at) where ended_at is not null;
