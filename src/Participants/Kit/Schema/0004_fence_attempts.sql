alter table {schema}.fence
    add column do_attempt integer not null default 0,
    add column changed_at timestamptz not null default now(),
    drop constraint fence_do_state_check,
    add constraint fence_do_state_check check (do_state in ('none', 'begun', 'deferred', 'completed', 'rejected'));
comment on column {schema}.fence.do_attempt is 'The latest attempt that was seen. A rejection holds for it and those before.';
comment on column {schema}.fence.changed_at is 'Rows are kept for as long after it as a copy of their messages can still arrive.';
