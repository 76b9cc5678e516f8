create table {schema}.operator_action (
    position bigint generated always as identity primary key,
    at       timestamptz not null default now(),
    kind     text not null,
    subject  text not null,
    verb     text not null,
    step     text,
    who      text not null,
    origin   text,
    why      text not null,
    code     text,
    detail   text
);
comment on table {schema}.operator_action is
    'Append-only: what operators did and what was refused them, with who, when and why. Written in the transaction of what it changed.';
comment on column {schema}.operator_action.subject is
    'What was acted on: the id of a saga or a bulk job, the name of a participant or a saga type.';
comment on column {schema}.operator_action.code is 'Why it was refused; null when it was done.';

create index operator_action_subject on {schema}.operator_action (subject, position desc);
create index operator_action_who on {schema}.operator_action (who, position desc);
create index operator_action_refused on {schema}.operator_action (at) where code is not null;

create table {schema}.breaker (
    kind   text not null,
    name   text not null,
    state  text not null,
    set_by text not null,
    reason text not null,
    set_at timestamptz not null,
    primary key (kind, name)
);
comment on table {schema}.breaker is
    'What operators have set: one row for a participant (open: nothing is sent to it) or a saga type (open: none is started). '
    'Every node reads it every second.';
