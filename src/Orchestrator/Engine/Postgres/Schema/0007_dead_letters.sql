-- What people ask about dead letters. The letters themselves are in their queues; each orchestrator has copies of its own and its
-- participants'.
create table {schema}.dead_letter (
    id                uuid primary key,
    queue             text not null,
    reason            text not null,
    at                timestamptz not null,
    message_id        text,
    message_type      text not null default '',
    saga_id           uuid,
    saga_type         text,
    business_key      text,
    sentence          text,
    path              text not null default '',
    expected          text,
    got               text,
    headers           json not null,
    content_type      text,
    size              integer not null,
    body              bytea not null,
    state             text not null default 'waiting',
    ended_at          timestamptz,
    edited_message_id uuid,
    edited_body       bytea
);
comment on table {schema}.dead_letter is
    'One row per dead letter, copied from its queue as it came there. What is done with a letter is done in its queue first, and '
    'noted here.';
comment on column {schema}.dead_letter.id is
    'The header dead-letter-id; without one, derived from queue, message id, dead-letter-at, x-death and body.';
comment on column {schema}.dead_letter.state is
    'waiting, redriven, discarded, or gone: somebody took it off its queue in another way. It is waiting until somebody finds '
    'that it is not there.';
comment on column {schema}.dead_letter.message_type is 'Empty where it cannot be told.';
comment on column {schema}.dead_letter.path is 'Empty where the reason is not one field.';
comment on column {schema}.dead_letter.edited_body is
    'What went to the queue in its place, under edited_message_id; null when it was redriven as it was.';

create index dead_letter_state on {schema}.dead_letter (state, at desc, id desc);
create index dead_letter_saga on {schema}.dead_letter (saga_id) where state = 'waiting';
-- Groups are counted from it alone, and the newest letter of a group is found by it.
create index dead_letter_cause on {schema}.dead_letter (state, queue, reason, message_type, path, at desc, id desc);
create index dead_letter_ended on {schema}.dead_letter (ended_at) where ended_at is not null;

create table {schema}.dead_letter_action (
    position  bigint primary key default nextval(pg_get_serial_sequence('{schema}.operator_action', 'position')),
    letter_id uuid not null,
    at        timestamptz not null default now(),
    verb      text not null,
    who       text not null,
    why       text not null,
    outcome   text not null,
    detail    text
);
comment on table {schema}.dead_letter_action is
    'Append-only: what operators asked of dead letters, with who, when and why, and what came of it. The row "asked" is written '
    'before anything is done.';
create index dead_letter_action_letter on {schema}.dead_letter_action (letter_id, position);

create view {schema}.operator_log as
    select position, at, kind, subject, verb, step, who, origin, why, code, detail from {schema}.operator_action
    union all
    select position, at, 'dead-letter', letter_id::text, verb, null, who, null, why, case when outcome <> 'done' then outcome end, detail
    from {schema}.dead_letter_action where outcome <> 'asked';
comment on view {schema}.operator_log is 'All that operators did and all that was refused them, in one order.';

-- Letters that wait are kept, however old they are.
create function {schema}.clean_up_dead_letters(age interval, batch integer) returns integer
    language sql security definer set search_path = '' as
$$
    with ended as (
        select id from {schema}.dead_letter
        where ended_at < now() - greatest(age, interval '1 day')
        order by ended_at limit batch for update skip locked),
    actions as (delete from {schema}.dead_letter_action where letter_id in (select id from ended)),
    gone as (delete from {schema}.dead_letter where id in (select id from ended) returning 1)
    select count(*)::integer from gone
$$;
