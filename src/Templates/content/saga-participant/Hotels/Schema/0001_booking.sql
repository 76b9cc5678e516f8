create table {schema}.booking (
    saga_id      uuid primary key,
    city         text not null,
    cancelled_at timestamptz
);
