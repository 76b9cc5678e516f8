-- How many sagas' next timers are due in an hour, written with the summaries.
create table {schema}.saga_timer (
    hour   timestamptz not null,
    type   text not null,
    timers bigint not null,
    primary key (hour, type)
);
comment on table {schema}.saga_timer is 'How many sagas of a type have their next timer in an hour.';

-- The next timers of all sagas, or of one type, in order.
drop index {schema}.saga_summary_due;
create index saga_summary_due on {schema}.saga_summary (due_at, id, type) where due_at is not null;
