create table {schema}.product (
    product_id text primary key,
    name       text not null,
    initial    integer not null check (initial >= 0),
    available  integer not null check (available >= 0),
    reserved   integer not null default 0 check (reserved >= 0)
);
comment on table {schema}.product is 'Stock in units. initial = available + reserved, always.';

create table {schema}.reservation (
    saga_id     uuid not null,
    product_id  text not null references {schema}.product,
    order_id    text not null,
    quantity    integer not null check (quantity > 0),
    reserved_at timestamptz not null default now(),
    released_at timestamptz,
    primary key (saga_id, product_id)
);
