create table {schema}.notification (
    notification_id bigint generated always as identity primary key,
    saga_id         uuid not null,
    order_id        text not null,
    customer_id     text not null,
    kind            text not null check (kind in ('order_confirmation', 'cancellation_notice')),
    body            text not null,
    sent_at         timestamptz not null default now(),
    unique (saga_id, kind)
);
comment on table {schema}.notification is 'Append-only record of what was sent.';
