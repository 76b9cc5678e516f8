-- The fence of a participant as functions, for every language that speaks to PostgreSQL 13 or newer. Their rules are those of the kit.
-- Apply it in the participant's own schema, any number of times:
--     psql -v ON_ERROR_STOP=1 -c 'set search_path to payments' -f fence.sql
--
-- "saga" is the member of that name in a command's message. Call a function in the transaction of the effect. What it returns is the whole
-- body of the answer: send it after the commit to the exchange that saga.replyTo names, and acknowledge the command last.
--
--     command        begin; fence_do(saga)    null: execute, then fence_did(saga, ...); else send what it returned; commit
--     compensation   begin; fence_undo(saga)  null: undo, then fence_undid(saga, ...);  else send what it returned; commit
--     QueryOutcome   begin; fence_query(saga, fenceUnfinished); commit
--     later          begin; fence_finish(saga, ...)  null: drop the work, it is answered or undone by now; commit
--
-- A step that calls outside the database commits fence_begin(saga) first, and makes the call only when that is true.

create table if not exists fence (
    saga_id    uuid not null,
    step       text not null,
    do_state   text not null default 'none' check (do_state in ('none', 'begun', 'deferred', 'completed', 'rejected')),
    do_attempt integer not null default 0,
    do_reply   json,
    undo_state text not null default 'none' check (undo_state in ('none', 'begun', 'completed')),
    tombstone  boolean not null default false,
    changed_at timestamptz not null default now(),
    primary key (saga_id, step)
);
comment on table fence is 'One row per saga and step: the effect happens once, and never after its compensation.';
comment on column fence.changed_at is 
    'Keep rows 180 days longer, those of effects that stand two years, those of deferred work until it ends: a copy may still arrive.';

-- The row of a command's step, locked; a new one when there is none.
create or replace function fence_row(saga json) returns fence
    language sql set search_path from current
as $$
    insert into fence (saga_id, step) values ((saga->>'sagaId')::uuid, saga->>'step')
    on conflict (saga_id, step) do update set step = excluded.step
    returning *
$$;

create or replace function fence_save(held fence) returns void
    language sql set search_path from current
as $$
    update fence f
    set do_state = held.do_state, do_attempt = held.do_attempt, do_reply = held.do_reply, undo_state = held.undo_state,
        tombstone = held.tombstone, changed_at = now()
    where f.saga_id = held.saga_id and f.step = held.step
$$;

-- The body of an answer. Members that are null are left out.
create or replace function fence_answer(saga json, type text, more json, attempt integer default null) returns json
    language sql set search_path from current
as $$
    select json_build_object(
        'messageId', gen_random_uuid(),
        'correlationId', saga->>'sagaId',
        'messageType', json_build_array('urn:message:SagaOrchestrator.Messages:' || type),
        'message', jsonb_strip_nulls(jsonb_build_object(
            'sagaId', saga->>'sagaId',
            'step', saga->>'step',
            'commandId', saga->>'commandId',
            'attempt', coalesce(attempt, (saga->>'attempt')::integer))) || more::jsonb)
$$;

create or replace function fence_completed(saga json, result json, attempt integer default null) returns json
    language sql set search_path from current
as $$
    select fence_answer(saga, 'SagaStepCompleted',
        case when result is null then '{}' else json_build_object('result', result) end, attempt)
$$;

-- A code has 1 to 100 characters, a reason at most 2000.
create or replace function fence_failed(saga json, kind text, code text, reason text, attempt integer default null) returns json
    language sql set search_path from current
as $$
    select fence_answer(saga, 'SagaStepFailed', json_build_object(
        'kind', kind, 'code', left(coalesce(nullif(trim(code), ''), 'unnamed'), 100), 'reason', left(coalesce(reason, ''), 2000)), attempt)
$$;

create or replace function fence_undone(saga json, nothing_to_undo boolean) returns json
    language sql set search_path from current
as $$
    select fence_answer(saga, 'SagaCompensationCompleted', json_build_object('nothingToUndo', nothing_to_undo))
$$;

-- Says that the work goes on. Send it well before the step's timeout.
create or replace function fence_heartbeat(saga json, note text default null) returns json
    language sql set search_path from current
as $$
    select fence_answer(saga, 'SagaStepProgressed',
        case when note is null then '{}' else json_build_object('note', left(note, 2000)) end)
$$;

-- A command came. Null: execute it. Else the answer.
create or replace function fence_do(saga json) returns json
    language plpgsql set search_path from current
as $$
declare
    held fence := fence_row(saga);
    attempt integer := (saga->>'attempt')::integer;
begin
    if held.undo_state <> 'none' then
        return fence_failed(saga, 'rejected', 'fenced',
            'The step''s compensation came before this command, so it is refused and nothing happened.');
    elsif held.do_state = 'completed' then
        return fence_completed(saga, held.do_reply);
    elsif held.do_state = 'rejected' and attempt <= held.do_attempt then
        return fence_failed(saga, 'rejected', held.do_reply->>'code', held.do_reply->>'reason');
    elsif held.do_state = 'deferred' then
        held.do_attempt := greatest(held.do_attempt, attempt);
        perform fence_save(held);
        return fence_heartbeat(saga);
    end if;
    return null;
end
$$;

-- How it turned out: completed (with what later steps need), rejected, faulted, deferred (answered later), or no_answer. Null for the last
-- two: send nothing.
create or replace function fence_did(saga json, outcome text, result json default null, code text default null, reason text default null)
    returns json
    language plpgsql set search_path from current
as $$
declare
    held fence := fence_row(saga);
begin
    held.do_attempt := greatest(held.do_attempt, (saga->>'attempt')::integer);
    return fence_record(saga, held, outcome, result, code, reason);
end
$$;

create or replace function fence_record(saga json, held fence, outcome text, result json, code text, reason text) returns json
    language plpgsql set search_path from current
as $$
begin
    if outcome in ('completed', 'rejected', 'deferred') then
        held.do_state := outcome;
        held.do_reply := case outcome when 'completed' then result
                                     when 'rejected' then json_build_object('code', code, 'reason', reason) end;
    elsif outcome not in ('faulted', 'no_answer') then
        raise exception 'The outcome ''%'' is none. Say completed, rejected, faulted, deferred or no_answer.', outcome;
    end if;
    perform fence_save(held);
    return case
        when outcome = 'completed' then fence_completed(saga, result, held.do_attempt)
        when outcome in ('rejected', 'faulted') then fence_failed(saga, outcome, code, reason, held.do_attempt) end;
end
$$;

-- What was deferred has ended: completed, rejected or faulted. Null: it was answered or undone in the meantime, so roll back and drop it.
create or replace function fence_finish(saga json, outcome text, result json default null, code text default null, reason text default null)
    returns json
    language plpgsql set search_path from current
as $$
declare
    held fence := fence_row(saga);
begin
    if held.do_state <> 'deferred' or held.undo_state <> 'none' then
        return null;
    end if;
    if outcome = 'faulted' then
        -- Nobody knows what it left behind.
        held.do_state := 'begun';
    end if;
    return fence_record(saga, held, outcome, result, code, reason);
end
$$;

-- A compensation came. Null: undo the step. Else the answer.
create or replace function fence_undo(saga json) returns json
    language plpgsql set search_path from current
as $$
declare
    held fence := fence_row(saga);
begin
    if held.undo_state = 'completed' then
        return fence_undone(saga, held.tombstone);
    elsif held.do_state in ('none', 'rejected') then
        held.undo_state := 'completed';
        held.tombstone := true;
        perform fence_save(held);
        return fence_undone(saga, true);
    end if;
    return null;
end
$$;

-- How undoing turned out: done, or not done for certain, with a code and a reason.
create or replace function fence_undid(saga json, done boolean, code text default null, reason text default null) returns json
    language plpgsql set search_path from current
as $$
declare
    held fence := fence_row(saga);
begin
    if not done then
        perform fence_save(held);
        return fence_answer(saga, 'SagaCompensationFailed', json_build_object(
            'code', left(coalesce(nullif(trim(code), ''), 'unnamed'), 100), 'reason', left(coalesce(reason, ''), 2000)));
    end if;
    held.undo_state := 'completed';
    perform fence_save(held);
    return fence_undone(saga, false);
end
$$;

-- QueryOutcome asks whether the step happened. What did not is fenced.
create or replace function fence_query(saga json, fence_unfinished boolean default false) returns json
    language plpgsql set search_path from current
as $$
declare
    held fence := fence_row(saga);
begin
    if held.undo_state = 'none' and held.do_state = 'completed' then
        return fence_answer(saga, 'SagaStepOutcomeReported',
            case when held.do_reply is null then '{"outcome": "done"}'
                 else json_build_object('outcome', 'done', 'result', held.do_reply) end);
    elsif held.undo_state = 'none' and held.do_state in ('begun', 'deferred') and not fence_unfinished then
        return fence_answer(saga, 'SagaStepOutcomeReported', '{"outcome": "in_progress"}');
    elsif held.undo_state = 'none' then
        held.undo_state := 'completed';
        held.tombstone := true;
        perform fence_save(held);
    end if;
    return fence_answer(saga, 'SagaStepOutcomeReported', '{"outcome": "not_done"}');
end
$$;

-- The note before a call outside, to be committed before the call: true when the call is to be made. When it is false, fence_do or
-- fence_undo has the answer.
create or replace function fence_begin(saga json) returns boolean
    language plpgsql set search_path from current
as $$
declare
    held fence := fence_row(saga);
    attempt integer := (saga->>'attempt')::integer;
begin
    if saga->>'direction' = 'undo' then
        if held.undo_state = 'completed' then
            return false;
        end if;
        held.undo_state := 'begun';
        perform fence_save(held);
        return held.do_state not in ('none', 'rejected');
    end if;
    if held.undo_state <> 'none' or held.do_state in ('completed', 'deferred')
        or (held.do_state = 'rejected' and attempt <= held.do_attempt) then
        return false;
    end if;
    held.do_state := 'begun';
    held.do_attempt := greatest(held.do_attempt, attempt);
    perform fence_save(held);
    return true;
end
$$;
