create table {schema}.operator_action (
    position bigint generated always as identity primary key,
    saga_id  uuid not null,
    at       timestamptz not null,
    verb     text not null,
    step     text,
    who      text not null,
    why      text not null
);
comment on table {schema}.operator_action is 'Append-only: what operators did, with who, when and why. Written in the transaction of what it changed.';

create index operator_action_saga on {schema}.operator_action (saga_id);

create table {schema}.breaker (
    kind   text not null,
    name   text not null,
    state  text not null,
    set_by text not null,
    reason text not null,
    set_at timestamptz not null,
    primary key (kind, name)
);
comment on table {schema}.breaker is 'What operators have set: one row for a participant (open: nothing is sent to it) or a saga type (open: none is started). Every node reads it every second.';

create table {schema}.breaker_action (
    position bigint generated always as identity primary key,
    at       timestamptz not null,
    kind     text not null,
    name     text not null,
    state    text not null,
    who      text not null,
    why      text not null
);
comment on table {schema}.breaker_action is 'Append-only: what operators have set breakers to, with who, when and why.';
