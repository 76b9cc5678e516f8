create table {schema}.saga (
    id         uuid primary key,
    data       text not null,
    phase      integer not null,
    done       integer not null,
    reference  text not null,
    failure    text not null,
    version    integer not null
) with (fillfactor = 50);
comment on table {schema}.saga is 'The room in each page is for updates that need no new index entry.';

create table {schema}.inbox (
    message_id  uuid primary key,
    received_at timestamptz not null default now()
);

create table {schema}.outbox (
    message_id uuid primary key,
    saga_id    uuid not null,
    type       text not null,
    step       text not null,
    exchange   text not null,
    queue      text not null,
    body       text not null
);
