create table {schema}.product (
    product_id text primary key,
    initial    integer not null check (initial >= 0),
    available  integer not null check (available >= 0),
    reserved   integer not null default 0 check (reserved >= 0),
    check (initial = available + reserved)
);

create table {schema}.reservation (
    order_id text primary key,
    state    text not null check (state in ('reserved', 'rejected', 'released'))
);
comment on table {schema}.reservation is 'One row for each order, so that a copy of an event under another id changes nothing.';

create table {schema}.reserved_line (
    order_id   text not null references {schema}.reservation,
    product_id text not null references {schema}.product,
    quantity   integer not null check (quantity > 0),
    primary key (order_id, product_id)
);
