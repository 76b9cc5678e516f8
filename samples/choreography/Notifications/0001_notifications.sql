create table {schema}.notification (
    order_id    text primary key,
    customer_id text not null,
    text        text not null,
    sent_at     timestamptz not null default now()
);
