create table {schema}.effect (
    saga_id   uuid not null,
    step      text not null,
    direction text not null,
    reference text not null,
    at        timestamptz not null default now(),
    primary key (saga_id, step, direction)
);
