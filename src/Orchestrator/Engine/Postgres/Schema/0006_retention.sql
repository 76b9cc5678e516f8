-- History and actions are append-only for the service's own role; only this deletes them, and only with their saga, long after its end. A
-- saga's summary
-- goes with it, and is counted no more.
create function {schema}.clean_up_sagas(age interval, batch integer) returns integer
    language sql security definer set search_path = '' as
$$
    with ended as (
        select id from {schema}.saga
        where ended_at < now() - greatest(age, interval '1 day')
        order by ended_at limit batch for update skip locked),
    turns as (delete from {schema}.saga_turn where saga_id in (select id from ended)),
    actions as (delete from {schema}.operator_action where subject in (select id::text from ended)),
    outcomes as (delete from {schema}.saga_outcome where saga_id in (select id from ended)),
    columns as (delete from {schema}.saga_column where saga_id in (select id from ended)),
    summaries as (
        delete from {schema}.saga_summary where id in (select id from ended) returning type, plan_version, state),
    counted as (
        update {schema}.saga_count c set sagas = c.sagas - s.sagas
        from (select type, plan_version, state, count(*) as sagas from summaries group by type, plan_version, state) s
        where (c.type, c.plan_version, c.state) = (s.type, s.plan_version, s.state)),
    gone as (delete from {schema}.saga where id in (select id from ended) returning 1)
    select count(*)::integer from gone
$$;

-- What was refused of things that were never there would stay for ever.
create function {schema}.clean_up_refused_actions(age interval, batch integer) returns integer
    language sql security definer set search_path = '' as
$$
    with old as (
        delete from {schema}.operator_action where position in (
            select position from {schema}.operator_action where code is not null and at < now() - greatest(age, interval '1 day') limit batch)
        returning 1)
    select count(*)::integer from old
$$;
