-- History and actions are append-only for the service's own role; only this deletes them, and only with their saga, long after its end.
create function {schema}.clean_up_sagas(age interval, batch integer) returns integer
    language sql security definer set search_path = '' as
$$
    with ended as (
        select id from {schema}.saga
        where ended_at < now() - greatest(age, interval '1 day')
        order by ended_at limit batch for update skip locked),
    turns as (delete from {schema}.saga_turn where saga_id in (select id from ended)),
    actions as (delete from {schema}.operator_action where saga_id in (select id from ended)),
    gone as (delete from {schema}.saga where id in (select id from ended) returning 1)
    select count(*)::integer from gone
$$;
