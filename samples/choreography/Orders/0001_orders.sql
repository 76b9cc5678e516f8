create table {schema}.customer_order (
    order_id  text primary key,
    document  jsonb not null,
    total     numeric(20, 4) not null check (total > 0),
    state     text not null default 'placed' check (state in ('placed', 'completed', 'failed')),
    code      text,
    reason    text,
    placed_at timestamptz not null default now(),
    ended_at  timestamptz
);
