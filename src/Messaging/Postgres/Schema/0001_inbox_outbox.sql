create table {schema}.inbox (
    message_id   uuid primary key,
    message_type text not null,
    received_at  timestamptz not null default now()
);
comment on table {schema}.inbox is 'Messages that were handled; a second delivery finds its row and changes nothing.';

create table {schema}.outbox (
    message_id      uuid primary key,
    destination     text not null,
    content_type    text not null,
    headers         jsonb not null,
    body            text not null,
    created_at      timestamptz not null default now(),
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null default now() + interval '5 seconds',
    last_error      text
);
comment on table {schema}.outbox is
    'Messages that are committed and not yet known to have been sent. Rows older than five seconds are what a crash left; the '
    'sweeper sends them.';

create index outbox_next_attempt on {schema}.outbox (next_attempt_at);
