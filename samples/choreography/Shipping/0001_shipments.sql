create table {schema}.shipment (
    order_id        text primary key,
    state           text not null check (state in ('created', 'rejected')),
    units           integer not null,
    tracking_number text unique,
    city            text,
    country         text
);
comment on table {schema}.shipment is 'One row for each order, so that a copy of an event under another id changes nothing.';
