create table {schema}.charge (
    id          bigint generated always as identity primary key,
    saga_id     uuid not null,
    amount      numeric not null,
    refunded_at timestamptz
);
