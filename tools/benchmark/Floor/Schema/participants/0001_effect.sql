create table {schema}.effect (
    saga_id   uuid not null,
    step      text not null,
    direction text not null,
    reference text not null,
    at        timestamptz not null default now(),
    primary key (saga_id, step, direction)
);

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
