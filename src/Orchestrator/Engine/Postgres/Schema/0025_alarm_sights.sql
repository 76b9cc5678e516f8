-- What each node sees by itself. An alarm of it stands as long as one node that is alive says so.
create table {schema}.alarm_sight (
    node    uuid not null,
    kind    text not null,
    subject text not null,
    detail  text not null,
    seen_at timestamptz not null default now(),
    primary key (node, kind, subject)
);
comment on table {schema}.alarm_sight is
    'What a node sees by itself: its breakers, and what its watch finds. It says so again every five seconds; '
    'what is much older counts no more.';

alter table {schema}.projection add column looked_at timestamptz;
comment on column {schema}.projection.looked_at is 'When anybody looked after alarms last. A node does that looks and finds it long ago.';

-- Deliveries that an operator asked for together, and until when they wait because their receiver took none.
alter table {schema}.webhook_delivery add column is_bulk boolean not null default false;
alter table {schema}.webhook add column bulk_after timestamptz;
comment on column {schema}.webhook_delivery.is_bulk is
    'An operator asked for many at once: while the receiver takes none, one is tried at a time.';
comment on column {schema}.webhook.bulk_after is 'Until when those wait, after one was not taken.';
